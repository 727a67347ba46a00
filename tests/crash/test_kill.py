"""The short form of benchmarks/kill.py: the same town, the same crew, the same reckoning, fewer kills."""

from benchmarks.kill import burst, whole_way


async def test_a_burst_survives_being_killed_in_the_midst_of_it() -> None:
    made, found = await burst(comments=200, kills=3, seed=11)
    assert made.kills == 4
    assert found.comments == 200
    assert found.faults == {}


async def test_from_comment_to_posted_reply_nothing_is_lost_and_nothing_is_said_twice() -> None:
    made, crew, found = await whole_way(rounds=5, seed=12, per_second=3.0)
    assert made.kills == 5
    assert found.comments > 0
    assert found.approved == found.comments == found.posted
    assert found.faults == {}
    assert sum(crew.answers.values()) == len(crew.asked), "whoever was asked has looked"
