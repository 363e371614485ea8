"""Draws the outlines of the map of zones, once: `make map`.

Reads districts.geojson and provinces.geojson beside this file. Writes
crates/web/assets/zones.svg, which pages refer to part by part, and crates/web/assets/zones.csv, where
on it the names of provinces and the numbers of zones stand. The same input gives the same bytes.

Neighbours share the points of their border exactly, so an edge is known by its ends: every border is
simplified once, for both sides, and no gap opens between them.
"""

import json
import math
import os
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ASSETS = os.path.join(HERE, "..", "..", "crates", "web", "assets")
# By official code; as founding a directory names them.
PROVINCES = {
    "72": "tay-ninh", "74": "binh-duong", "75": "dong-nai", "77": "ba-ria-vung-tau",
    "79": "hcm", "80": "long-an", "82": "tien-giang",
}
WIDTH = 1000
MARGIN = 20
# Of a drawing that is WIDTH wide: what is nearer to a line than that is on it.
TOLERANCE = 0.8
# Islets that nobody would see are left out.
SMALLEST = 2
# Islands south of this stand in a frame of their own, nearer to the coast.
ISLANDS_SOUTH_OF = 9.3
ISLANDS_MOVE = (0.75, 1.28)


def load(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)["features"]


def rings(geometry):
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            moved = [(x, y) for x, y, *_ in ring]
            if max(y for _, y in moved) < ISLANDS_SOUTH_OF:
                moved = [(x + ISLANDS_MOVE[0], y + ISLANDS_MOVE[1]) for x, y in moved]
            yield moved


def chains(edges):
    """Lines as long as they go on without a fork."""
    at = defaultdict(set)
    for a, b in edges:
        at[a].add(b)
        at[b].add(a)
    left = {frozenset(edge) for edge in edges}
    starts = sorted(point for point in at if len(at[point]) != 2) + sorted(at)
    for start in starts:
        for second in sorted(at[start]):
            if frozenset((start, second)) not in left:
                continue
            line = [start, second]
            left.discard(frozenset((start, second)))
            while len(at[line[-1]]) == 2:
                onward = [p for p in at[line[-1]] if frozenset((line[-1], p)) in left]
                if not onward:
                    break
                left.discard(frozenset((line[-1], onward[0])))
                line.append(onward[0])
            yield line


def simplified(line):
    """Douglas-Peucker; a ring is cut at its farthest point, so that it stays one."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: math.dist(line[0], line[i]))
        return simplified(line[: far + 1])[:-1] + simplified(line[far:])
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = math.hypot(bx - ax, by - ay) or 1.0
        off = lambda i: abs((bx - ax) * (ay - line[i][1]) - (ax - line[i][0]) * (by - ay)) / length
        farthest = max(range(first + 1, last), key=off, default=None)
        if farthest is not None and off(farthest) > TOLERANCE:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(keep)]


def path(lines):
    """As short as a path is written: whole numbers, each from the one before."""
    parts = []
    for line in lines:
        points = [(round(x), round(y)) for x, y in line]
        points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(points) < 2:
            continue
        closed = points[0] == points[-1]
        (x, y), text = points[0], f"M{points[0][0]} {points[0][1]}"
        steps = []
        for nx, ny in points[1 : len(points) - 1 if closed else len(points)]:
            dx, dy = nx - x, ny - y
            steps.append(f"{dx}{'' if dy < 0 else ' '}{dy}")
            x, y = nx, ny
        joined = "".join(s if s.startswith("-") or i == 0 else " " + s for i, s in enumerate(steps))
        parts.append(text + "l" + joined + ("z" if closed else ""))
    return "".join(parts)


def joined_rings(lines):
    """Lines that meet at their ends, as rings."""
    ends = defaultdict(list)
    for index, line in enumerate(lines):
        ends[line[0]].append(index)
        ends[line[-1]].append(index)
    used = set()
    for index, line in enumerate(lines):
        if index in used:
            continue
        used.add(index)
        ring = list(line)
        while ring[0] != ring[-1]:
            onward = [i for i in ends[ring[-1]] if i not in used]
            if not onward:
                break
            used.add(onward[0])
            other = lines[onward[0]]
            ring += other[1:] if other[0] == ring[-1] else other[::-1][1:]
        yield ring


def size(ring):
    return max(max(axis) - min(axis) for axis in zip(*ring))


def main():
    features = load("districts.geojson")
    owners = defaultdict(set)
    for index, feature in enumerate(features):
        for ring in rings(feature["geometry"]):
            for a, b in zip(ring, ring[1:]):
                if a != b:
                    owners[frozenset((a, b))].add(index)
    points = {point for edge in owners for point in edge}
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * flat)
    place = lambda p: (MARGIN + (p[0] - west) * flat * scale, MARGIN + (north - p[1]) * scale)
    height = round(2 * MARGIN + (north - south) * scale)

    groups = defaultdict(list)
    for edge, whose in owners.items():
        groups[frozenset(whose)].append(tuple(sorted(place(point) for point in edge)))
    outer, inner, between = [], [], defaultdict(list)
    for whose, edges in sorted(groups.items(), key=lambda group: sorted(group[0])):
        lines = [simplified(line) for line in chains(sorted(edges))]
        parts = [features[index]["properties"] for index in sorted(whose)]
        provinces = sorted({PROVINCES[part["parent"]] for part in parts})
        if len(whose) == 1:
            outer += lines
        elif len(provinces) == 2:
            between["-".join(provinces)] += lines
        elif not set(parts[0]["districts"]) & set(parts[1]["districts"]):
            # What lies in two districts has no border with either.
            inner += lines
    land = [ring for ring in joined_rings(outer) if size(ring) > SMALLEST]

    islands = [place(point) for feature in features for ring in rings(feature["geometry"])
               for point in ring if feature["properties"]["name_vi"].endswith("Côn Đảo") and len(ring) > 12]
    frame = ""
    if islands:
        left, right = min(x for x, _ in islands) - 20, max(x for x, _ in islands) + 20
        top, bottom = min(y for _, y in islands) - 20, max(y for _, y in islands) + 20
        frame = f"M{left:.0f} {top:.0f}H{right:.0f}V{bottom:.0f}H{left:.0f}z"

    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">',
           f'<path id="land" d="{path(land)}"/>',
           f'<path id="districts" fill="none" d="{path(inner)}"/>',
           f'<path id="frame" fill="none" d="{frame}"/>']
    rows = ["kind,id,x,y", f"size,,{WIDTH},{height}"]
    for zone, lines in sorted(between.items()):
        svg.append(f'<path id="{zone}" fill="none" d="{path(lines)}"/>')
        longest = max(lines, key=lambda line: sum(math.dist(a, b) for a, b in zip(line, line[1:])))
        half = sum(math.dist(a, b) for a, b in zip(longest, longest[1:])) / 2
        for a, b in zip(longest, longest[1:]):
            half -= math.dist(a, b)
            if half <= 0:
                break
        rows.append(f"zone,{zone},{round(b[0])},{round(b[1])}")
    for province in sorted(load("provinces.geojson"), key=lambda feature: feature["properties"]["code"]):
        known = province["properties"]
        x, y = place(tuple(known["label"]))
        rows.append(f"province,{PROVINCES[known['code']]},{round(x)},{round(y)}")
    svg.append("</svg>\n")
    with open(os.path.join(ASSETS, "zones.svg"), "w", encoding="utf-8") as file:
        file.write("\n".join(svg))
    with open(os.path.join(ASSETS, "zones.csv"), "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")


main()
