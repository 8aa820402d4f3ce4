"""回访记录 of the day's calls, seen before they are printed in one go."""

from __future__ import annotations

from functools import partial

from qingyuan_desk.desk.mediation.paper import CasePaper
from qingyuan_desk.services import case_papers


class FollowUpBatch(CasePaper):
    """In the place of the day's lists until a person goes back to them."""

    def show_today(self, mediator: str) -> None:
        """Make the records of every call due; mediator: a code, or "" for everybody's."""
        office, actor = self._session.office, self._session.actor
        self._title.say("今天的回访记录")
        self.clear("正在准备……")
        self.show_made(partial(case_papers.follow_up_sheets, office, actor, office.today(), mediator))
        self.view.setFocus()
