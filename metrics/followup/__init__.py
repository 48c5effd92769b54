"""The follow-up clock: where persons stand, how long stages take, and what is past its limit.

Read `asked.follow_up`: one question, one answer of frames in which every count has passed suppression.
"""
