#!/usr/bin/python3
"""Kills `turnout checkin` at random moments and asks whether what it said is so: kills.py TURNOUT EVENT CODES KILLS SEED

Works in the current folder. EVENT is copied for each round, and CODES is a file of codes on its roster. A round has a state folder of its own
and uses each code once, so a code that was acknowledged is in the books once or something is wrong. It is played in these ways, by turns:

  one       a process is killed while it starts, opens, commits or answers
  ends      its input has ended: killed while it signs, moves the write-ahead log into the file and leaves its marker
  copies    two processes with two copies of the file and one state folder
  takeover  a second process waits for the file when the first is killed, and goes on, or is killed as well
  reader    `turnout list` begins while the writer dies
  crowd     several of them begin together with the next writer, beside what the killed one left

How the counting keeps clear of mistakes of its own: the process that is killed is the program, not a shell around it; its pipe is read to the
end only after it was waited for, so nothing is said after the books are read; a line without its end was never said; what a list prints counts
only when it ended with 0; and an answer is matched by its code, never by its place.

Prints "name value" lines. Status 1 when any of the faults is not 0."""
import json
import os
import random
import select
import shutil
import subprocess
import sys
import time

turnout, event, codes_file, kills, seed = sys.argv[1:4] + [int(a) for a in sys.argv[4:6]]
codes = open(codes_file).read().split()
rng = random.Random(seed)
WAYS = ["one", "ends", "copies", "takeover", "reader", "crowd"]
FAULTS = ["missing", "doubled", "strange", "unsound", "unsigned", "aside", "failed"]
count = dict.fromkeys(FAULTS + ["kills", "acknowledged", "recorded", "rounds"] + WAYS, 0)


def fault(kind, text):
    count[kind] += 1
    print(f"{kind}: {text} (seed {seed}, round {count['rounds']}, kill {count['kills']})", file=sys.stderr, flush=True)


def wait(us):
    """Sleeps are late by tens of microseconds, so the last part is spent awake."""
    end = time.perf_counter_ns() + int(us * 1000)
    if us > 500:
        time.sleep((us - 300) / 1e6)
    while time.perf_counter_ns() < end:
        pass


def some_time(most_us):
    """As often under a tenth of it as over it: what is short happens too."""
    return most_us * 10 ** rng.uniform(-2, 0)


class Desk:
    """A `turnout checkin FILE -`, and all that it said."""

    def __init__(self, copy):
        self.copy, self.said = copy, b""
        self.errors = open("errors", "w+")
        self.process = subprocess.Popen([turnout, "checkin", copy.path, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, bufsize=0, close_fds=False)

    def feed(self, n):
        lines = "".join(f"{next(self.copy.unused)}\n" for _ in range(n))
        try:
            os.write(self.process.stdin.fileno(), lines.encode())
        except BrokenPipeError:
            pass  # it was refused the file

    def lines(self):
        return self.said.count(b"\n")

    def hear(self, n, most_s):
        """Until n lines were said, the process ended, or time is up."""
        out, end = self.process.stdout.fileno(), time.monotonic() + most_s
        while self.lines() < n and select.select([out], [], [], max(0, end - time.monotonic()))[0]:
            part = os.read(out, 65536)
            if not part:
                break
            self.said += part

    def end(self, kill):
        if kill:
            count["kills"] += 1
            self.process.kill()
        else:
            self.process.stdin.close()
        while part := os.read(self.process.stdout.fileno(), 65536):
            self.said += part
        status = self.process.wait()
        self.process.stdout.close()
        self.process.stdin.close()
        self.errors.seek(0)
        said = self.errors.read()
        self.errors.close()
        if status not in (0, -9) and "is writing to this event file now" not in said:
            fault("failed", f"checkin ended with {status}: {said.strip()}")
        elif status in (0, -9) and said:
            fault("failed", f"checkin said: {said.strip()}")
        for line in self.said.decode().split("\n")[:-1]:
            outcome, _, code = line.split("\t")
            if outcome != "accepted" or code in self.copy.acknowledged:
                fault("strange", line)
            self.copy.acknowledged.add(code)


class Copy:
    """A copy of the event, the codes that are still to be used with it, and those that were acknowledged."""

    def __init__(self, path, unused):
        self.path, self.unused, self.acknowledged = path, iter(unused), set()
        shutil.copyfile(event, path)

    def left(self):
        return self.unused.__length_hint__()

    def judge(self, printed, status, acknowledged):
        """What `turnout list` printed against what was acknowledged before it began."""
        if status != 0:
            fault("failed", f"list ended with {status}")
            return
        listed = [row["code"] for row in json.loads(printed)]
        for code in sorted(acknowledged - set(listed)):
            fault("missing", code)
        if len(set(listed)) != len(listed):
            fault("doubled", f"{len(listed) - len(set(listed))} codes")
        return listed

    def reader(self):
        return subprocess.Popen([turnout, "list", self.path, "checkins", "--json"], stdout=subprocess.PIPE, close_fds=False)

    def look(self):
        reader = self.reader()
        return self.judge(reader.communicate()[0], reader.returncode, self.acknowledged)

    def close(self):
        """A last, quiet process signs what the killed ones left; then everything is looked at."""
        desk = Desk(self)
        desk.feed(1)
        desk.end(kill=False)
        count["recorded"] += len(self.look() or [])
        count["acknowledged"] += len(self.acknowledged)
        if subprocess.run([turnout, "verify", self.path], stdout=subprocess.DEVNULL).returncode != 0:
            fault("unsound", self.path)
        status = subprocess.run([turnout, "status", self.path, "--json"], stdout=subprocess.PIPE)
        if json.loads(status.stdout)["unsigned"] != 0:
            fault("unsigned", status.stdout.decode().strip())


def play_one(copy):
    desk = Desk(copy)
    if rng.random() < 0.3:
        desk.feed(rng.randint(1, 12))
        wait(some_time(60000))
    else:
        for _ in range(rng.randint(1, 4)):
            desk.feed(rng.randint(1, 5))
            desk.hear(desk.lines() + 1, 5)
        desk.feed(rng.randint(0, 8))
        wait(some_time(6000))
    desk.end(kill=True)


def play_ends(copy):
    desk = Desk(copy)
    n = rng.randint(1, 6)
    desk.feed(n)
    desk.hear(n, 5)
    desk.process.stdin.close()
    wait(some_time(8000))
    desk.end(kill=True)


def play_copies(copies):
    desks = [Desk(copy) for copy in copies]
    for desk in desks:
        desk.feed(rng.randint(1, 6))
    if rng.random() < 0.7:
        desks[0].hear(1, 5)
        desks[1].hear(1, 5)
    wait(some_time(20000))
    for desk in desks:
        desk.end(kill=True)
        wait(some_time(3000))


def play_takeover(copy):
    first = Desk(copy)
    first.feed(rng.randint(1, 6))
    first.hear(1, 5)
    second = Desk(copy)
    first.feed(rng.randint(1, 6))
    second.feed(rng.randint(1, 6))
    wait(some_time(60000))
    first.end(kill=True)
    if rng.random() < 0.5:
        second.hear(1, 5)
        second.end(kill=False)
    else:
        wait(some_time(30000))
        second.end(kill=True)


def heard(copy):
    """A desk that has answered a few codes."""
    desk = Desk(copy)
    n = rng.randint(1, 6)
    desk.feed(n)
    desk.hear(n, 5)
    return desk


def play_reader(copy):
    desk = heard(copy)
    known = copy.acknowledged | {line.split("\t")[2] for line in desk.said.decode().split("\n")[:-1]}
    desk.feed(rng.randint(1, 6))
    reader = copy.reader()
    wait(some_time(30000))
    desk.end(kill=True)
    copy.judge(reader.communicate()[0], reader.returncode, known)


def play_crowd(copy):
    heard(copy).end(kill=True)
    known, readers = set(copy.acknowledged), []
    for _ in range(rng.randint(1, 3)):
        readers.append(copy.reader())
        wait(some_time(10000))
    desk = Desk(copy)
    readers.append(copy.reader())
    desk.feed(rng.randint(1, 4))
    for reader in readers:
        copy.judge(reader.communicate()[0], reader.returncode, known)
    desk.end(kill=rng.random() < 0.5)


def play(way, copies):
    count[way] += 1
    copy = rng.choice(copies)
    if way == "copies":
        play_copies(copies)
    else:
        globals()["play_" + way](copy)
    if rng.random() < 0.2:
        copy.look()


def round_of_plays(folder):
    os.makedirs(folder)
    os.environ["XDG_STATE_HOME"] = os.path.abspath(os.path.join(folder, "state"))
    half = len(codes) // 2
    copies = [Copy(os.path.join(folder, name), part) for name, part in (("one", codes[:half]), ("two", codes[half:]))]
    play("copies", copies)  # first of all: the state folder is made by two at once
    while min(copy.left() for copy in copies) > 40 and count["kills"] < kills:
        play(rng.choice(WAYS), copies)
    for copy in copies:
        copy.close()
    for name in os.listdir(folder):
        if ".foreign-" in name or name.endswith(".played"):
            fault("aside", name)
    shutil.rmtree(folder)
    count["rounds"] += 1
    if count["rounds"] % 50 == 0:
        print(f"{count['kills']} kills, {count['acknowledged']} acknowledged", file=sys.stderr, flush=True)


begun = time.monotonic()
while count["kills"] < kills:
    round_of_plays("round")
for name, value in count.items():
    print(name, value)
print("seconds", round(time.monotonic() - begun))
sys.exit(any(count[kind] for kind in FAULTS))
