#!/usr/bin/env python3
"""Rewrites a machine-readable ASTERIX category (and optionally its Reserved Expansion Field) in our own notation.

usage: asterix_notation.py CATEGORY.ast [EXPANSION.ast] > src/Nadhir.Formats/Asterix/Definitions/catNNN-E.EE.txt

The notation is described in docs/asterix-notation.md. What the notation has no word for is left raw.
"""
import re
import sys

UNITS = {"°": "deg", "°/s": "deg/s", "°C": "degC", "m²": "m2", "m/s²": "m/s2", "dBµV": "dBuV", "dBm²": "dBm2", "": "1",
         "ALTFL": "FL"}


class Node:
    def __init__(self, text):
        self.text, self.children = text, []

    def child(self, prefix):
        return next((c for c in self.children if c.text.split(" ")[0] == prefix), None)


def tree(path):
    root, stack = Node(""), []
    stack.append((-1, root))
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            depth = len(line) - len(line.lstrip())
            while stack[-1][0] >= depth:
                stack.pop()
            node = Node(line.strip())
            stack[-1][1].children.append(node)
            stack.append((depth, node))
    return root


def titled(node):
    match = re.match(r'(\S+) "(.*)"$', node.text)
    return (match[1], match[2]) if match else None


STRUCTURES = {"element", "group", "extended", "repetitive", "explicit", "compound"}


def structure(node):
    found = next((c for c in node.children if c.text.split(" ")[0] in STRUCTURES), None)
    if found is None:
        raise SystemExit(f"no structure under {node.text}")
    return found


def scalar(text):
    """Kind of an element, in our words; empty when raw."""
    match = re.match(r'(signed|unsigned) quantity (\S+) "(.*?)"', text)
    if match:
        return f"{match[1][0]} {match[2]} {UNITS.get(match[3], match[3])}"
    match = re.match(r"(signed|unsigned) integer", text)
    if match:
        return f"{match[1][0]} 1 1"
    match = re.match(r"string (octal|ascii|icao)", text)
    return match[1] if match else ""


def element(out, depth, name, title, node):
    bits, content = int(node.text.split(" ")[1]), node.children[0]
    kind, rows = scalar(content.text), []
    if content.text == "table":
        for row in content.children:
            value, _, meaning = row.text.partition(":")
            rows.append(f"= {value.strip()} {meaning.strip()}")
    case = re.match(r"case (\S+)$", content.text)
    if case and "/" in case[1]:
        kind = "case " + case[1].split("/")[-1]
        for row in content.children:
            inner = scalar(row.children[0].text)
            if not row.text.startswith("default") and inner:
                rows.append(f"? {row.text.rstrip(':')} {inner}")
        if not rows:
            kind = ""
    out.append("  " * depth + " ".join(x for x in (f"{name}:{bits}", kind, f'"{title}"' if title else "") if x))
    out.extend("  " * (depth + 1) + row for row in rows)


def parts(out, depth, children, prefix=""):
    """Elements of a group or an extended item, one a line."""
    for child in children:
        if child.text == "-":
            out.append("  " * depth + "fx")
        elif child.text.startswith("spare "):
            out.append("  " * depth + "-:" + child.text.split(" ")[1])
        elif titled(child):
            name, title = titled(child)
            case = next((c for c in child.children if c.text.startswith("case ")), None)
            if case:  # Its layout depends on another item: one raw element as wide as any of the cases.
                first = case.children[0].children
                widths = [int(c.text.split(" ")[1]) for c in first[0].children or first] if first[0].text == "group" \
                    else [int(c.text.split(" ")[1]) for c in first if c.text.split(" ")[0] in ("element", "spare")]
                out.append("  " * depth + f'{prefix}{name}:{sum(widths)} "{title}"')
                continue
            inner = structure(child)
            if inner.text == "group":
                parts(out, depth, inner.children, prefix + name + "/")
            elif inner.text.startswith("element"):
                element(out, depth, prefix + name, title, inner)
            else:
                raise SystemExit(f"{inner.text} within a group")
        elif child.text.split(" ")[0] not in ("remark", "definition", "description"):
            raise SystemExit(f"not understood: {child.text}")


def content(out, depth, node):
    if node.text.startswith("element"):
        element(out, depth, "", "", node)
    else:
        parts(out, depth, node.children)


def definition(out, depth, word, name, title, node):
    kind = node.text.split(" ")
    line = "  " * depth + f"{word} {name} "
    if kind[0] in ("element", "group"):
        out.append(line + f'fixed "{title}"')
        content(out, depth + 1, node)
    elif kind[0] == "extended":
        out.append(line + f'extended "{title}"')
        parts(out, depth + 1, node.children)
    elif kind[0] == "repetitive":
        out.append(line + f'repeat {kind[1]} "{title}"')
        content(out, depth + 1, structure(node))
    elif kind[0] == "explicit":
        out.append(line + f'explicit "{title}"')
    else:
        out.append(line + " ".join(kind) + f' "{title}"')
        for child in node.children:
            if child.text == "-":
                out.append("  " * (depth + 1) + "sub -")
            else:
                sub, subtitle = titled(child)
                definition(out, depth + 1, "sub", sub, subtitle, structure(child))


def uap(out, name, rows):
    names = [r.text for r in rows]
    out.append(" ".join(["uap"] + ([name] if name else []) + [":"] + names))


def main():
    root = tree(sys.argv[1])
    number, title = re.match(r'asterix (\d+) "(.*)"', root.children[0].text).groups()
    edition = root.child("edition").text.split(" ")[1]
    out = [f'category {number} {edition} "{title}"']
    if root.child("uap"):
        uap(out, "", root.child("uap").children)
    else:
        for variation in root.child("uaps").child("variations").children:
            uap(out, variation.text, variation.children)
        case = root.child("uaps").child("case")
        out.append("choose " + case.text.split(" ")[1] + " " + " ".join(c.text.replace(": ", "=") for c in case.children))
    expansion = tree(sys.argv[2]) if len(sys.argv) > 2 else None
    for item in root.child("items").children:
        name, title = titled(item)
        definition(out, 0, "item", name, title, structure(item))
        if name == "RE" and expansion:
            inner = structure(expansion)
            definition(out, 1, "sub", "RE", expansion.children[0].text.split('"')[1], inner)
    print("\n".join(out))


main()
