#!/usr/bin/python3
"""Makes a roster and what people type to be found in it: find_people.py PEOPLE.csv QUERIES.tsv [COUNT [QUERIES]]

Names come from the lists of the faker library (Debian: python3-fake-factory), which has popular given names and surnames by country. A query is a kind, the
words, and the codes of all whom they fit equally, with tabs between. The same each time."""
import csv
import random
import sys
import unicodedata

from faker.providers.person.de_DE import Provider as De
from faker.providers.person.en_US import Provider as En
from faker.providers.person.pl_PL import Provider as Pl
from faker.providers.person.ru_RU import Provider as Ru
from faker.providers.person.uk_UA import Provider as Uk

# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: at a word's beginning, elsewhere.
KMU = dict(zip("абвгґдежзийіклмнопрстуфхцчшщьюя", "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch - iu ia".split()))
KMU.update({"є": "ie", "ї": "i", "ь": "", "'": "", "ʼ": "", "’": ""})
KMU_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# ICAO Doc 9303 part 3, as in Russian passports.
ICAO = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia".split()))
ICAO.update({"ь": ""})
TWINS = dict(zip("аеіорсухАВЕІКМНОРСТХ", "aeiopcyxABEIKMHOPCTX"))
LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
UK_KEYS = "'йцукенгшщзхїфівапролджєячсмитьбю"
RU_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
ROWS = ["йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
# Given names as people write them in Latin letters, beside the official way.
USUAL = {
    "Юлія": "Julia Yulia Yuliya", "Юлия": "Julia Yulia Yuliya", "Олександр": "Alexander Oleksandr Olexandr", "Александр": "Alexander Alexandr Aleksandr",
    "Олександра": "Alexandra Oleksandra", "Александра": "Alexandra", "Сергій": "Sergiy Serhiy Sergey", "Сергей": "Sergei Sergey", "Наталія": "Natalia Nataliya",
    "Наталья": "Natalia Natalya", "Михайло": "Mykhaylo Mihaylo Michael", "Михаил": "Mikhail Michael", "Андрій": "Andriy Andrii Andrew", "Андрей": "Andrey Andrei",
    "Катерина": "Kateryna Catherine Katerina", "Екатерина": "Ekaterina Catherine", "Дмитро": "Dmitro Dmytro Dmitry", "Дмитрий": "Dmitry Dmitriy Dmitri",
    "Юрій": "Yuriy Iurii Yury", "Юрий": "Yury Yuriy", "Євген": "Yevgen Eugene Evgen", "Евгений": "Evgeny Eugene Yevgeny", "Олена": "Helen Elena Olena",
    "Елена": "Helen Elena Yelena", "Микола": "Mykola Nicholas Mikola", "Николай": "Nikolay Nicholas", "Марія": "Maria Mariya", "Мария": "Maria Mariya",
    "Ірина": "Irina Iryna Irene", "Ирина": "Irina Irene", "Тетяна": "Tatiana Tetyana", "Татьяна": "Tatiana Tatyana", "Ганна": "Anna Hanna", "Олексій": "Oleksiy Alexey",
    "Алексей": "Alexey Aleksei Alexei", "Петро": "Petro Peter", "Василь": "Vasyl Vasil Basil", "Ярослав": "Yaroslav Jaroslav", "В'ячеслав": "Vyacheslav Viacheslav",
    "Вячеслав": "Vyacheslav Viacheslav", "Софія": "Sofia Sophia", "София": "Sofia Sophia", "Вікторія": "Victoria Viktoriya", "Виктория": "Victoria Viktoria",
    "Віктор": "Victor Viktor", "Виктор": "Victor Viktor", "Максим": "Maxim Maksym", "Пилип": "Pylyp Philip", "Федір": "Fedir Theodore", "Валерій": "Valeriy Valery",
}
# Short forms in common use: not those of assets/names/given.tsv, but what one would say who never saw it.
SHORT = {
    "Олександр": "Саша Сашко", "Александр": "Саша Шура", "Олександра": "Саша", "Александра": "Саша", "Катерина": "Катя", "Екатерина": "Катя", "Михайло": "Миша Мишко",
    "Михаил": "Миша", "Іван": "Ваня Івась", "Иван": "Ваня", "Марія": "Маша Марійка", "Мария": "Маша", "Наталія": "Наташа Наталка", "Наталья": "Наташа",
    "Сергій": "Сергійко Сірьожа", "Сергей": "Серёжа", "Дмитро": "Діма", "Дмитрий": "Дима", "Микола": "Коля", "Николай": "Коля", "Анастасія": "Настя", "Анастасия": "Настя",
    "Володимир": "Володя Вова", "Владимир": "Вова Володя", "Євген": "Женя", "Евгений": "Женя", "Олексій": "Льоша", "Алексей": "Лёша Алёша", "Юлія": "Юля", "Юлия": "Юля",
    "Тетяна": "Таня", "Татьяна": "Таня", "Ірина": "Іра", "Ирина": "Ира", "Олена": "Лена Оленка", "Елена": "Лена", "Ганна": "Аня", "Анна": "Аня", "Петро": "Петя Петрик",
    "Пётр": "Петя", "Василь": "Вася", "Василий": "Вася", "Юрій": "Юра Юрко", "Юрий": "Юра", "Григорій": "Гриша Гриць", "Григорий": "Гриша", "Богдан": "Богданчик Бодя",
    "Павло": "Паша Павлик", "Павел": "Паша", "Софія": "Соня", "София": "Соня", "Галина": "Галя", "Людмила": "Люда", "Світлана": "Світланка Свєта", "Светлана": "Света",
    "Zachary": "Zach Zack", "Katherine": "Kate Katie", "Catherine": "Cathy Kate", "Michael": "Mike Mick", "William": "Bill Will", "Robert": "Bob Rob", "Richard": "Dick Rick",
    "Elizabeth": "Liz Beth Betty", "James": "Jim Jimmy", "Joseph": "Joe", "Thomas": "Tom", "Daniel": "Dan Danny", "Matthew": "Matt", "Anthony": "Tony", "Margaret": "Maggie Peggy",
    "Jennifer": "Jen Jenny", "Patricia": "Pat Patty", "Susan": "Sue", "Christopher": "Chris", "Nicholas": "Nick", "Samuel": "Sam", "Benjamin": "Ben", "Edward": "Ed Ted",
    "Gregory": "Greg", "Timothy": "Tim", "Rebecca": "Becky", "Deborah": "Debbie", "Stephen": "Steve", "Steven": "Steve", "Andrew": "Andy Drew", "Joshua": "Josh",
}


def spell(word, table, first):
    """In Latin letters; зг is zgh where г is h."""
    out = ""
    for i, c in enumerate(word.lower()):
        if c == "г" and i and word[i - 1].lower() == "з" and table is KMU:
            out += "gh"
        else:
            out += (first.get(c) if i == 0 else None) or table.get(c, c)
    return out.capitalize()


def slip(rng, word):
    letters, row = word.lower(), None
    at = rng.randrange(len(letters))
    for keys in ROWS:
        row = keys if letters[at] in keys else row
    kind = rng.randrange(4)
    if kind == 0:
        return letters[:at] + letters[at + 1:]
    if kind == 1 and at + 1 < len(letters):
        return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2:]
    near = letters[at]
    if row:
        place = row.index(letters[at])
        near = row[place + 1 if place + 1 < len(row) and rng.random() < 0.5 or place == 0 else place - 1]
    return letters[:at] + near + letters[at + (0 if kind == 3 else 1):]


def keys(text, have, give):
    return "".join(give[have.index(c)] if c in have else c for c in text.lower())


def is_cyrillic(text):
    return any("а" <= c <= "я" or c in "іїєґё" for c in text.lower())


class Made:
    """What is typed for one person: kind -> words, or None where it does not apply."""

    def __init__(self, rng, given, family, name):
        self.rng, self.given, self.family, self.name = rng, given, family, name

    def words(self):
        return [self.given, self.family]

    def case(self):
        return self.rng.choice([str.upper, str.lower])(" ".join(self.words()))

    def letters(self):
        text = " ".join(self.words())
        table = str.maketrans("ёЁїЇґҐйЙи", "еЕіІгГиИі")
        return text.translate(table) if text.translate(table) != text else None

    def apostrophes(self):
        text = " ".join(self.words())
        return text.replace("'", self.rng.choice(["’", "ʼ", "`", "´", ""])) if "'" in text else None

    def marks(self):
        """As those type who lack the keys."""
        text = " ".join(self.words())
        table = str.maketrans({"Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ß": "ss", "Æ": "Ae", "æ": "ae"})
        bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(table)) if not unicodedata.combining(c))
        return bare if bare != text and not is_cyrillic(text) else None

    def order(self):
        return " ".join(reversed(self.words()))

    def twins(self):
        text = " ".join(self.words())
        back = {v: k for k, v in TWINS.items()}
        table = TWINS if is_cyrillic(text) else back
        spots = [i for i, c in enumerate(text) if c in table]
        # At least one letter stays that tells which alphabet is meant.
        if not spots or len(spots) == len(text.replace(" ", "")):
            return None
        chosen = set(self.rng.sample(spots, max(1, len(spots) // 2)))
        return "".join(table[c] if i in chosen else c for i, c in enumerate(text))

    def official(self):
        if not is_cyrillic(self.name):
            return None
        russian = any(c in "ыэъё" for c in self.name.lower()) or not any(c in "іїєґ" for c in self.name.lower()) and self.rng.random() < 0.5
        return " ".join(spell(w, ICAO if russian else KMU, {} if russian else KMU_FIRST) for w in self.words())

    def usual(self):
        if self.given not in USUAL:
            return None
        loose = spell(self.family, KMU, KMU_FIRST)
        for a, b in [("kh", "h"), ("skyi", "sky"), ("yi", "y"), ("ii", "iy"), ("shch", "sch"), ("ie", "e")]:
            loose = loose.replace(a, b) if self.rng.random() < 0.7 else loose
        return self.rng.choice(USUAL[self.given].split()) + " " + loose

    def layout(self):
        text = " ".join(self.words()).replace("ʼ", "'").replace("’", "'")
        if not is_cyrillic(text):
            text = self.marks() or text
            return keys(text, LATIN_KEYS, self.rng.choice([UK_KEYS, RU_KEYS]))
        return keys(text, RU_KEYS if any(c in "ыэъё" for c in text.lower()) else UK_KEYS, LATIN_KEYS)

    def slips(self):
        words = self.words()
        long = [i for i, w in enumerate(words) if len(w) >= 4]
        if not long:
            return None
        i = self.rng.choice(long)
        words[i] = slip(self.rng, words[i])
        return " ".join(words) if len(words[i]) >= 3 else None

    def short(self):
        return self.rng.choice(SHORT[self.given].split()) + " " + self.family if self.given in SHORT else None

    def parts(self):
        return self.given + " " + self.rng.choice(self.family.split("-")) if "-" in self.family else None

    def beginnings(self):
        return " ".join(w[: max(3, len(w) * 2 // 3)] for w in self.words())


KINDS = ["case", "letters", "apostrophes", "marks", "order", "twins", "official", "usual", "layout", "slips", "short", "parts", "beginnings"]


def feminine(family):
    for a, b in [("ський", "ська"), ("цький", "цька"), ("ский", "ская"), ("цкий", "цкая")]:
        if family.endswith(a):
            return family[: -len(a)] + b
    return family


# Those lists have no apostrophes and few diacritics: names as statistics of surnames have them.
APOSTROPHES = ["Лук'яненко", "Дем'янчук", "Мар'яненко", "Солов'йов", "Григор'єв", "Прокоп'юк", "Стеф'юк", "Зінов'єв", "Юр'єв", "В'юн", "О'Коннор", "Кір'яков"]
MARKED = ["Đorđević", "Łukaszewicz", "Sørensen", "Großmann", "Wałęsa", "Jørgensen", "Müller", "Đurić", "Šimůnek", "Ødegård", "Weiß", "Žižka", "Gonçalves", "Núñez", "Æbelø"]


def people(rng, count):
    pl = list(Pl.unisex_last_names)
    for i in range(count):
        kind = rng.random()
        if kind < 0.6:
            girl = rng.random() < 0.5
            given = rng.choice(Uk.first_names_female if girl else Uk.first_names_male)
            family = rng.choice(Uk.last_names)
            family = feminine(family) if girl else family
            if rng.random() < 0.05:
                family = rng.choice(APOSTROPHES)
            if rng.random() < 0.08:
                family += "-" + rng.choice(Uk.last_names)
            father = rng.choice(Uk.first_names_male)
            name = f"{family} {given} {father}івна" if rng.random() < 0.3 else f"{family} {given}" if rng.random() < 0.5 else f"{given} {family}"
        elif kind < 0.75:
            girl = rng.random() < 0.5
            given = rng.choice(Ru.first_names_female if girl else Ru.first_names_male)
            family = rng.choice(Ru.last_names_female if girl else Ru.last_names_male)
            name = f"{family} {given} {rng.choice(Ru.middle_names_female if girl else Ru.middle_names_male)}" if rng.random() < 0.5 else f"{given} {family}"
        else:
            which = rng.random()
            given, family = ((rng.choice(list(En.first_names)), rng.choice(list(En.last_names))) if which < 0.5 else
                             (rng.choice(list(Pl.first_names)), rng.choice(pl)) if which < 0.8 else (rng.choice(list(De.first_names)), rng.choice(De.last_names)))
            if rng.random() < 0.1:
                family = rng.choice(MARKED)
            if rng.random() < 0.05:
                family += "-" + rng.choice(list(En.last_names))
            name = f"{given} {family}"
        yield given, family, name, f"P{i:06}"


def plain(text):
    return tuple(sorted(text.lower().replace("'", "").replace("-", " ").split()))


def main():
    csv_path, queries_path = sys.argv[1:3]
    count, wanted = (int(sys.argv[i]) if len(sys.argv) > i else n for i, n in [(3, 100000), (4, 2000)])
    rng = random.Random(20260514)
    rows = list(people(rng, count))
    with open(csv_path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(["name", "code", "community"])
        out.writerows((name, code, "Зарічна громада") for _, _, name, code in rows)
    having = {}  # word -> codes: of those who have all that are meant, one is as good as another
    for _, _, name, code in rows:
        for word in plain(name):
            having.setdefault(word, set()).add(code)
    begun = {}  # likewise, by how their words begin
    for word, codes in having.items():
        for n in range(3, len(word) + 1):
            begun.setdefault(word[:n], set()).update(codes)
    made, tries = 0, 0
    with open(queries_path, "w", encoding="utf-8") as f:
        while made < wanted and tries < 100 * wanted:
            kind = KINDS[made % len(KINDS)]
            given, family, name, code = rng.choice(rows)
            tries += 1
            text = getattr(Made(rng, given, family, name), kind)()
            if text and len(text.split()) >= 2:
                meant = plain(text) if kind in ("parts", "beginnings") else plain(given + " " + family)
                fit = set.intersection(*(begun.get(word, set()) if kind == "beginnings" else having[word] for word in meant))
                if not fit:
                    continue
                print(kind, text, ",".join(sorted(fit)), sep="\t", file=f)
                made += 1


if __name__ == "__main__":
    main()
