"""Care."""

from django.urls import path

from amparo.interfaces.office.care import planning, referrals, views

urlpatterns = [
    path("cases/<uuid:id>/care/", views.care, name="care"),
    path("cases/<uuid:id>/care/words/", views.words, name="care_words"),
    path("cases/<uuid:id>/care/assess/", views.assess, name="assess"),
    path("cases/<uuid:id>/care/child/", views.hear, name="hear_child"),
    path("cases/<uuid:id>/care/child/<uuid:view>/", views.answer, name="answer_child"),
    path("cases/<uuid:id>/care/plan/", planning.make, name="plan"),
    path("cases/<uuid:id>/care/plan/approve/", planning.approve, name="plan_approve"),
    path("cases/<uuid:id>/care/plan/review/", planning.review, name="plan_review"),
    path("cases/<uuid:id>/care/plan/close/", planning.close, name="plan_close"),
    path("cases/<uuid:id>/care/plan/goal/", planning.goal, name="plan_goal"),
    path("cases/<uuid:id>/care/plan/goal/<uuid:goal>/", planning.goal_end, name="plan_goal_end"),
    path("cases/<uuid:id>/care/plan/step/", planning.step, name="plan_step"),
    path("cases/<uuid:id>/care/plan/step/<uuid:step>/", planning.step_done, name="plan_step_done"),
    path("cases/<uuid:id>/care/refer/", referrals.offer, name="refer"),
    path("referrals/", referrals.inbox, name="referrals"),
    path("referrals/<uuid:id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:id>/accept/", referrals.accept, name="referral_accept"),
    path("referrals/<uuid:id>/decline/", referrals.decline, name="referral_decline"),
    path("referrals/<uuid:id>/delivered/", referrals.delivered, name="referral_delivered"),
    path("referrals/<uuid:id>/withdraw/", referrals.withdraw, name="referral_withdraw"),
]
