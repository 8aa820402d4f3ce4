"""法律咨询: the fast form, legal aid, referral to a counsellor, 法律十进, common questions."""
