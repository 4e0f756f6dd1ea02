"""What `Scripts/second-opinion` leaves: counts for Docs/Conformance.md, and a row and a file for each disagreement."""

import csv
import shutil

HEAD = ["document", "message", "mutation", "algorithms", "judged", "Portico", "rule", "reason"]


def summary(found, seed):
    """The counts, and by kind why Portico is right."""
    made = sum(bool(case["mutation"]) for case in found.cases)
    lines = [
        f"{len(found.sources)} messages and {made} documents made of them, seed {seed}; Portico accepts {len(found.accepted)}.",
        "",
        "| | accepts what Portico accepts | refuses what Portico accepts | accepts what Portico refuses |",
        "|---|---:|---:|---:|",
    ]
    for peer, refusal in found.refusals.items():
        accepted, refused = len(found.accepted), len(found.refused)
        against = sum(case["file"] in refusal for case in found.accepted)
        looser = sum(case["file"] not in refusal for case in found.refused)
        lines.append(f"| {peer} | {accepted - against} of {accepted} | {against} | {looser} of {refused} |")
    lines += ["", "Accepted by Portico and refused by another:", "", *table(found.here, "Refused by")]
    lines += ["", "Refused by Portico and accepted by another:", "", *table(found.elsewhere, "Accepted by")]
    return "\n".join(lines)


def table(rows, who):
    """A line for each kind: how many documents, of which programs, and why Portico is right."""
    groups = {}
    for row in rows:
        for peer, kind in row.kinds.items():
            groups.setdefault(kind, []).append((row.case["file"], peer))
    lines = [f"| Documents | {who} | Kind | Why Portico is right |", "|---:|---|---|---|"]
    for kind, group in sorted(groups.items(), key=lambda item: (-len({file for file, _ in item[1]}), item[1])):
        peers = {peer: sum(name == peer for _, name in group) for _, peer in group}
        named = ", ".join(f"{peer} {count}" for peer, count in sorted(peers.items()))
        name, reason = (kind.name, kind.reason) if kind else ("**none**", "**not explained**")
        lines.append(f"| {len({file for file, _ in group})} | {named} | {name} | {reason} |")
    return lines


def listing(found):
    """A line for every document that Portico accepts and another refuses."""
    lines = ["", "Each document that Portico accepts and another refuses:", ""]
    for row in found.here:
        kinds = ", ".join(f"{peer} ({kind.name if kind else 'not explained'})" for peer, kind in row.kinds.items())
        lines.append(f"{row.case['file']}: {row.source['name']}, {row.case['mutation'] or 'as it is'}; refused by {kinds}")
    return "\n".join(lines)


def write(found, results, seed):
    """Writes the counts, both lists, and every document that is in one."""
    results.mkdir(parents=True, exist_ok=True)
    (results / "second-opinion.md").write_text(summary(found, seed) + "\n")
    folder = results / "second-opinion"
    shutil.rmtree(folder, ignore_errors=True)
    for name, rows in [("accepted-here", found.here), ("accepted-elsewhere", found.elsewhere)]:
        (folder / name).mkdir(parents=True)
        with open(folder / f"{name}.tsv", "w", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow([*HEAD, *found.refusals, "kinds"])
            for row in rows:
                writer.writerow(map(plain, cells(row)))
                (folder / name / row.case["file"]).write_bytes(found.document(row.case))


def cells(row):
    """The columns of a row."""
    kinds = [f"{peer}: {kind.name if kind else 'none'}" for peer, kind in row.kinds.items()]
    return [
        row.case["file"],
        row.source["name"],
        row.case["mutation"] or "as it is",
        row.source["algorithms"],
        row.source["scope"],
        row.opinion["verdict"],
        row.opinion["rule"],
        row.opinion["reason"],
        *("accepted" if says is None else says for says in row.verdicts.values()),
        "; ".join(kinds),
    ]


def plain(text):
    """A text that stays in its cell."""
    return " ".join(str(text).split())
