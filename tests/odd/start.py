"""Section 5: the world when the first week begins."""
import math

from basics import COHORT, DEAD, CIVILIAN, OPEN, SERVICES, Command, Place, Quarter, great_circle, round_half_up


class Start:
    def begin(self):
        v, r = self.v, self.r
        names = self.groups
        side = {"state": 0, **{name: 1 + index for index, name in enumerate(names)}}
        self.hostility = [[0.0] * self.sides for _ in range(self.sides)]
        for row in sorted(self.tables["hostility"], key=lambda row: row["from"]):
            if row["from"] <= str(v["time"]["start"]):
                a, b = side[row["a"]], side[row["b"]]
                self.hostility[a][b] = self.hostility[b][a] = float(row["hostility"])
        self.group = [v["groups"][name] for name in names]
        start = {row["cercle"]: row for row in self.tables["places"]}
        self.places, index = [], {}
        for row in self.tables["communities"]:
            place = Place()
            place.id, index[row["community"]] = len(self.places), len(self.places)
            place.cercle, place.zone, place.rank = row["cercle"], row["zone"], row["rank"]
            place.at = (float(row["latitude"]), float(row["longitude"]))
            given = start[row["cercle"]]
            place.table_residents = float(row["residents"])
            place.services = [float(given[service]) for service in SERVICES]
            place.schools = max(1, round_half_up(place.table_residents / r["services"]["residents_per_school"]))
            place.closed = round_half_up(place.schools * float(given["closed_schools"]))
            place.income, place.access = float(given["income"]), float(given["market_access"])
            place.control = [float(given["state_control"])] + [0.0] * len(names)
            place.officials = place.control[0]
            place.trust = v["government"]["legitimacy"]
            place.attacks, place.events = 0.0, {}
            place.roads, place.quarters, place.bands = [], [], []
            place.soldiers = 0.0
            self.places.append(place)
        for row in self.tables["neighbours"]:
            a, b, km = index[row["community"]], index[row["neighbour"]], float(row["km"])
            self.places[a].roads.append((b, km))
            self.places[b].roads.append((a, km))
        capitals = [place.at for place in self.places if OPEN[place.rank] >= 3]
        for place in self.places:
            place.km = min(1.3 * great_circle(place.at, capital) for capital in capitals)
        self.begin_people(index)
        self.soldiers = {row["zone"]: float(row["soldiers"]) for row in self.tables["army"]}
        self.allowed = dict(self.soldiers)
        spent = v["budget"]["spending_per_year"]
        self.funded = [min(1.0, v["policy"]["services_share"][s] * spent / v["budget"]["cost_of_need"][s]) for s in SERVICES]
        self.begin_commands()
        self.place_forces()
        rules = r["control"]
        for place in self.places:
            kappa = min(place.control[0], 0.98)
            others = sum(self.group_weights(place))
            needed = (rules["nobody"] + others) * kappa / (1 - kappa) - self.arms_of_state(place)
            place.officials_weight = max(needed, 0.0) / place.officials if place.officials > 0 else 0.0

    def begin_people(self, index):
        v = self.v
        constituencies = v["constituencies"]
        self.quarters, self.home, self.place_in_row = [], [], []
        for row in self.tables["constituents"]:
            quarter = Quarter()
            quarter.id = len(self.quarters)
            quarter.place = self.places[index[row["community"]]]
            quarter.constituency = row["constituency"]
            quarter.voice = constituencies[row["constituency"]]["voice"]
            quarter.residents = quarter.place.table_residents * float(row["share"])
            quarter.affinity = [self.v["groups"][g].get("affinity", {}).get(row["constituency"], 0.0) for g in self.groups]
            for name in ("harm", "threat", "alarm", "victims", "fresh"):
                setattr(quarter, name, [0.0] * self.sides)
            quarter.fear = 0.0
            quarter.place.quarters.append(quarter)
            self.quarters.append(quarter)
        for place in self.places:
            place.residents = sum(quarter.residents for quarter in place.quarters)
        shape = v["people"]["frailty_shape"]
        self.x, self.cell, self.role, self.need = [], [], [], []
        self.queue = [[] for _ in range(4 * len(self.quarters))]
        self.pointer = [0] * len(self.queue)
        self.felt = [0.0] * len(self.queue)
        self.born = [0] * len(self.queue)
        for quarter in self.quarters:
            adults = round_half_up(quarter.residents * v["people"]["adults"])
            while len(self.x) % 16:  # rows are not shared by quarters
                self.add_person(None, None)
            quarter.people = range(len(self.x), len(self.x) + adults)
            for number in range(adults):
                x = shape * (self.rng.random() ** (-1 / shape) - 1)
                self.add_person(4 * quarter.id + COHORT[number % 16], x)
        while len(self.x) % 16:
            self.add_person(None, None)
        for person, cell in enumerate(self.cell):
            if cell is not None:
                self.queue[cell].append((self.x[person], person))
                self.born[cell] += 1
        for queue in self.queue:
            queue.sort()
        people = len(self.x)
        self.attended = bytearray(people)
        self.frailty, self.group_of, self.spell = {}, {}, {}
        self.rows = {}  # by row: members [(household, person, group)], harm {(household, side): [weight, week]}
        self.prisoners = []

    def add_person(self, cell, x):
        self.cell.append(cell)
        self.x.append(x)
        self.need.append(x)
        self.role.append(DEAD if cell is None else CIVILIAN)

    def begin_commands(self):
        self.commands, taken = [], {}
        for row in self.tables["commands"]:
            name = row["group"]
            founded = self.v["groups"][name].get("founded")
            if founded and str(founded) > str(self.v["time"]["start"]):
                continue
            command = Command()
            command.group = self.groups.index(name)
            own = [place for place in self.places if place.cercle == row["cercle"]]
            own.sort(key=lambda place: (OPEN[place.rank] > 0, -place.residents, place.id))
            turn = taken.get(row["cercle"], 0)
            taken[row["cercle"]] = turn + 1
            command.base = own[turn % len(own)]
            command.number = int(row["fighters"])
            command.pay = self.v["groups"][name]["revenue_per_fighter"]
            command.members, command.lost, command.order = {}, 0.0, len(self.commands)
            self.commands.append(command)
        self.revenue = [0.0] * len(self.groups)
        for place in self.places:
            place.bands = []
        for command in self.commands:
            self.revenue[command.group] += command.pay * command.number
            command.base.bands.append((command, float(command.number)))
            for to, _ in command.base.roads:
                self.places[to].bands.append((command, 0.1 * command.number))
        hazards = [self.hazards_of(quarter) for quarter in self.quarters]
        reached, taken = [0.0] * len(self.queue), set()
        for command in self.commands:
            around = [command.base] + [self.places[to] for to, _ in command.base.roads]
            cells = []
            for place in around:
                for quarter in place.quarters:
                    for hazard in hazards[quarter.id]:
                        if hazard["group"] == command.group:
                            cells += [(4 * quarter.id + c, self.cell_hazard(hazard, c)) for c in range(4)]
            candidates = []
            for cell, hazard in cells:
                if hazard > 0:
                    free = (entry for entry in self.queue[cell] if entry[1] not in taken)
                    for _, (x, person) in zip(range(command.number), free):
                        candidates.append((x / hazard, person))
            candidates.sort()
            candidates = candidates[: command.number]
            last = candidates[-1][0]
            for cell, hazard in cells:
                reached[cell] = max(reached[cell], last * hazard)
            for _, person in candidates:
                taken.add(person)
                self.enlist(person, command)
        self.felt = reached
