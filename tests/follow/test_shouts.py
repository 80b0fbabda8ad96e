"""What a hub thinks of its own hearing: by the clock, without one."""

from hub.follow.shouts import (
    GIVE_UP_SECONDS,
    KNOWN_DOWN_SECONDS,
    LATE_SECONDS,
    SEND_AWAY_SECONDS,
    Shout,
    Shouts,
    Stage,
    Way,
)

SHOUT_SECONDS = 2.0
LOOK_SECONDS = 0.25
NOTICED_SECONDS_MAX = 6.0


class Hub:
    """A hub that shouts, at a time of our own. `hears` are the ways that work; `up_since` is what its doorbell says."""

    def __init__(self, *hears: Way) -> None:
        self.shouts = Shouts()
        self.hears = set(hears or Way)
        self.up_since: float | None = 0.0
        self.now = 100.0
        self.number = 0
        self.stage = Stage.HEARS
        self.stages: list[tuple[Stage, float]] = []
        self._shouts_at = self.now

    def lives(self, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:
            if self.now >= self._shouts_at:
                self._shouts_at += SHOUT_SECONDS
                self.shout()
            self.look()
            self.now += LOOK_SECONDS

    def shout(self) -> None:
        self.number += 1
        self.shouts.shouted(Shout(self.number, self.now, self.now), is_doorbell_up=self.up_since is not None)
        for way in self.hears:
            if way is Way.GLASS or self.up_since is not None:
                self.shouts.came_back(way, self.number)

    def look(self) -> None:
        stage = self.shouts.judge(self.now, doorbell_up_since=self.up_since)
        if stage is not self.stage:
            self.stage = stage
            self.stages.append((stage, self.now))

    @property
    def course(self) -> list[Stage]:
        return [stage for stage, _ in self.stages]


def test_who_hears_every_shout_both_ways_is_well() -> None:
    hub = Hub()
    hub.lives(60)
    assert hub.course == []


def test_each_way_is_missed_within_six_seconds_whenever_it_fails() -> None:
    for way in Way:
        for moment in (0.0, 0.25, 1.0, 1.75):
            hub = Hub()
            hub.lives(4 + moment)
            failed_at = hub.now
            hub.hears.remove(way)
            hub.lives(NOTICED_SECONDS_MAX)
            assert hub.stage >= Stage.DEAF
            assert hub.stages[0][1] - failed_at < NOTICED_SECONDS_MAX
            assert hub.shouts.is_deaf(way)
            assert sum(hub.shouts.is_deaf(one) for one in Way) == 1


def test_who_stays_deaf_goes_one_step_after_another_and_does_not_come_back() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.clear()
    hub.lives(30)
    assert hub.course == [Stage.DEAF, Stage.SENDS_AWAY, Stage.GIVES_UP]
    deaf, sends_away, gives_up = (at for _, at in hub.stages)
    assert sends_away - deaf == SEND_AWAY_SECONDS
    assert gives_up - sends_away == GIVE_UP_SECONDS
    hub.hears.update(Way)
    hub.lives(10)
    assert hub.stage is Stage.GIVES_UP, "its process is ending"


def test_who_hears_again_takes_everything_back_and_begins_at_the_first_step_the_next_time() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.remove(Way.GLASS)
    hub.lives(LATE_SECONDS + SHOUT_SECONDS + SEND_AWAY_SECONDS + 1)
    assert hub.stage is Stage.SENDS_AWAY
    hub.hears.add(Way.GLASS)
    hub.lives(4)
    assert hub.stage is Stage.HEARS
    hub.hears.remove(Way.GLASS)
    hub.lives(LATE_SECONDS + SHOUT_SECONDS + 1)
    assert hub.course == [Stage.DEAF, Stage.SENDS_AWAY, Stage.HEARS, Stage.DEAF]


def test_one_lost_shout_is_excused_by_the_next() -> None:
    hub = Hub()
    for _ in range(5):
        hub.lives(SHOUT_SECONDS)
        hub.hears.clear()
        hub.lives(SHOUT_SECONDS)
        hub.hears.update(Way)
    assert hub.course == []


def test_a_doorbell_that_is_down_is_not_listened_for() -> None:
    hub = Hub()
    hub.lives(4)
    hub.shouts.shouted(Shout(1_000, hub.now, hub.now), is_doorbell_up=True)
    hub.shouts.came_back(Way.GLASS, 1_000)
    hub.number = 1_000
    hub.up_since = None
    hub.lives(60)
    assert hub.course == []
    hub.up_since = hub.now
    hub.lives(10)
    assert hub.course == []


def test_what_was_rung_before_the_doorbell_was_made_anew_is_not_waited_for() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.remove(Way.DOORBELL)
    hub.shout()
    hub.hears.add(Way.DOORBELL)
    # Down and up between two looks: nobody has seen it.
    hub.up_since = hub.now + 0.1
    hub.now += LATE_SECONDS + 1
    hub.look()
    assert hub.course == []


def test_renewing_the_doorbell_is_no_hearing() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.remove(Way.DOORBELL)
    hub.lives(5)
    assert hub.stage is Stage.DEAF
    hub.up_since = None
    hub.lives(0.5)
    hub.up_since = hub.now
    hub.lives(30)
    assert hub.course == [Stage.DEAF, Stage.SENDS_AWAY, Stage.GIVES_UP]


def test_a_doorbell_that_turns_out_to_be_away_is_not_deafness() -> None:
    for seconds in (LATE_SECONDS + SHOUT_SECONDS, SEND_AWAY_SECONDS + 4.5, SEND_AWAY_SECONDS + GIVE_UP_SECONDS + 2):
        hub = Hub()
        hub.lives(4)
        hub.hears.remove(Way.DOORBELL)
        hub.lives(seconds)
        assert hub.stage in (Stage.DEAF, Stage.SENDS_AWAY)
        hub.up_since = None
        hub.lives(KNOWN_DOWN_SECONDS + 0.5)
        assert hub.stage is Stage.HEARS
        assert not hub.shouts.is_deaf(Way.DOORBELL)


def test_a_doorbell_that_was_never_heard_is_doubted_and_nobody_is_sent_away_for_it() -> None:
    hub = Hub(Way.GLASS)
    hub.lives(60)
    assert hub.course == []
    assert hub.shouts.is_deaf(Way.DOORBELL)
    hub.hears.add(Way.DOORBELL)
    hub.lives(4)
    assert not hub.shouts.is_deaf(Way.DOORBELL)
    hub.hears.remove(Way.DOORBELL)
    hub.lives(30)
    assert hub.stage is Stage.GIVES_UP


def test_who_never_heard_at_their_own_glass_gives_up() -> None:
    hub = Hub(Way.DOORBELL)
    hub.lives(30)
    assert hub.course == [Stage.DEAF, Stage.SENDS_AWAY, Stage.GIVES_UP]


def test_while_nothing_can_be_shouted_nobody_is_deaf() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.clear()
    hub.lives(6)
    assert hub.stage is Stage.DEAF
    hub.shouts.cannot_shout()
    hub.look()
    assert hub.stage is Stage.HEARS
    hub.lives(6)
    assert hub.stage is Stage.DEAF, "it is judged afresh"


def test_an_old_shout_played_again_is_no_hearing() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.clear()
    hub.lives(5)
    assert hub.stage is Stage.DEAF
    for number in (1, 2, hub.number + 1):
        for way in Way:
            assert hub.shouts.came_back(way, number) is None
    hub.look()
    assert hub.stage is Stage.DEAF


def test_who_slept_through_it_still_takes_one_step_after_another() -> None:
    hub = Hub()
    hub.lives(4)
    hub.hears.clear()
    hub.lives(5)
    hub.now += 1_000
    hub.look()
    assert hub.course == [Stage.DEAF, Stage.SENDS_AWAY]
