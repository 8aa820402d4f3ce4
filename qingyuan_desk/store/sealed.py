"""Who may know of a sealed matter (密件, 检举控告): its named readers, and nobody else by any statement."""

from __future__ import annotations

#: A matter `m` its viewer may know of: not sealed, or the viewer is a named reader. Takes the viewer's account.
VISIBLE = (
    "(m.sealed = 0 OR EXISTS (SELECT 1 FROM sealed_reader r WHERE r.matter_id = m.id AND r.account = ?))"
)
