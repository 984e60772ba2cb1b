#!/usr/bin/env python3
"""Checks a Nadhir dossier without Nadhir: verify_dossier.py FOLDER_OR_TAR [KEY]

KEY is the public key to trust (one line "name+identifier+base64"), or a file that holds it; without it the dossier's
own journal.pub is taken, which shows only that the dossier is whole. Needs Python 3.8 and the openssl command (1.1.1 or
later, for Ed25519). Prints INTACT, or "FAULT: file: what" for the first thing that differs; exit code 0 or 1.
"""
import base64, hashlib, json, os, re, struct, subprocess, sys, tarfile, tempfile


class Fault(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).digest()


def tree_root(leaves):  # RFC 6962, section 2.1
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + tree_root(leaves[:half]) + tree_root(leaves[half:]))


def proof_root(index, size, leaf, proof):  # RFC 9162, section 2.1.3.2; None when the proof cannot be
    at, last, value = index, size - 1, leaf
    for sibling in proof:
        if last <= 0:
            return None
        if at & 1 or at == last:
            value = sha(b"\1" + sibling + value)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = sha(b"\1" + value + sibling)
        at, last = at >> 1, last >> 1
    return value if last == 0 and 0 <= index < size else None


Spelled = type("Spelled", (str,), {})  # a number as it is spelled


def parse(text):
    return json.loads(text, parse_int=Spelled, parse_float=Spelled, parse_constant=Spelled)


def canonical(value):
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + canonical(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return value if isinstance(value, Spelled) else json.dumps(value, ensure_ascii=False)


def read(path):
    files = {}
    if os.path.isdir(path):
        for folder, _, names in os.walk(path):
            for name in names:
                full = os.path.join(folder, name)
                with open(full, "rb") as file:
                    files[os.path.relpath(full, path).replace(os.sep, "/")] = file.read()
        return files
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive.getmembers():
                if member.isfile():
                    files[member.name] = archive.extractfile(member).read()
    except (tarfile.TarError, EOFError, ValueError) as fault:
        raise Fault(os.path.basename(path), f"the archive cannot be read: {fault}") from None
    return files


def key_of(line, file):
    parts = line.strip("\n").split("+", 2)
    try:
        name, identifier, packed = parts[0], parts[1], base64.b64decode(parts[2], validate=True)
    except (IndexError, ValueError):
        raise Fault(file, "it is not a public key") from None
    if base64.b64encode(packed).decode() != parts[2] or len(packed) != 33 or packed[0] != 1:
        raise Fault(file, "it is not an Ed25519 key")
    if sha(name.encode() + b"\n" + packed)[:4].hex() != identifier:
        raise Fault(file, "the identifier does not fit the key")
    return name, bytes.fromhex(identifier), packed[1:]


def ed25519(public, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "text", "signature")]
        for name, content in zip(names, (bytes.fromhex("302a300506032b6570032100") + public, text, signature)):
            with open(name, "wb") as file:
                file.write(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -rawin".split()
        command += ["-inkey", names[0], "-in", names[1], "-sigfile", names[2]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def signed(files, file, key):  # C2SP signed-note
    name, identifier, public = key
    try:
        text, signatures = files.get(file, b"").decode("utf-8").rsplit("\n\n", 1)
    except ValueError:
        raise Fault(file, "it is missing, or not a signed note") from None
    found = False
    for line in signatures.rstrip("\n").split("\n"):
        match = re.fullmatch("\u2014 (\\S+) ([A-Za-z0-9+/=]+)", line)
        try:
            packed = base64.b64decode(match.group(2), validate=True)
        except (AttributeError, ValueError):
            raise Fault(file, "a signature line is malformed") from None
        if base64.b64encode(packed).decode() != match.group(2):
            raise Fault(file, "a signature line is malformed")
        if match.group(1) == name and packed[:4] == identifier:
            if not ed25519(public, (text + "\n").encode(), packed[4:]):
                raise Fault(file, "the signature does not fit it")
            found = True
    if not found or not signatures.endswith("\n") or signatures.endswith("\n\n"):
        raise Fault(file, f"{name} has not signed it")
    return text


def check(files, key):
    lines = signed(files, "manifest", key).split("\n")
    if lines[0] != "nadhir-dossier/1" or not lines[2].startswith("fields "):
        raise Fault("manifest", "it is not of a nadhir-dossier/1")
    hashes = {line[66:]: line[:64] for line in lines[3:]}
    for name in sorted(set(files) - set(hashes) - {"manifest"}):
        raise Fault(name, "it does not belong to the dossier")
    for name, expected in hashes.items():
        if name not in files:
            raise Fault(name, "it is missing")
        if sha(files[name]).hex() != expected:
            raise Fault(name, "its content is not what was signed")
    checkpoint = signed(files, "checkpoint", key).split("\n")
    size, root = int(checkpoint[1]), base64.b64decode(checkpoint[2])

    content = parse(files["dossier.json"].decode())
    values = {}
    for section, rows in content.items():
        for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
            where = f"/{section}/{number}" if isinstance(rows, list) else f"/{section}"
            for name, value in row.items():
                values[where + "/" + name.replace("~", "~0").replace("/", "~1")] = canonical(value)
    leaves = []
    for field in json.loads(files["fields.json"])["fields"]:
        if "leaf" in field:
            leaves.append(bytes.fromhex(field["leaf"]))
        elif field["path"] in values:
            path = field["path"]
            leaves.append(sha(b"\0" + bytes.fromhex(field["salt"]) + path.encode() + b"\0" + values.pop(path).encode()))
        else:
            raise Fault("dossier.json", f"{field['path']} is not there")
    if values:
        raise Fault("dossier.json", f"{next(iter(values))} is not committed to")
    if tree_root(leaves).hex() != lines[2][7:]:
        raise Fault("fields.json", "the fields do not lead to the root that was signed")

    shown, raw = {}, {}
    for line in files["entries.jsonl"].decode().splitlines():
        entry = json.loads(line)
        leaf = bytes.fromhex(entry.get("leaf", ""))
        if not leaf:
            source, payload = entry["source"].encode(), base64.b64decode(entry["payload"])
            salt = base64.b64decode(entry["salt"]) if "salt" in entry else b""
            leaf = sha(bytes([0, {0: 1, 16: 2}[len(salt)]]) + salt + struct.pack(">BqH", entry["kind"], entry["timeUs"], len(source))
                       + source + struct.pack(">I", len(payload)) + payload)
            shown[str(entry["seq"])] = payload
            if entry["kind"] == 2:
                file = "raw/" + re.sub("[^A-Za-z0-9._-]", "-", entry["source"]) + ".bin"
                raw[file] = raw.get(file, b"") + payload
        if proof_root(entry["seq"], size, leaf, [base64.b64decode(one) for one in entry["proof"]]) != root:
            raise Fault("entries.jsonl", f"entry {entry['seq']} is not in the journal that was signed")
    for name in sorted(set(raw) | {name for name in files if name.startswith("raw/")}):
        if raw.get(name) != files.get(name):
            raise Fault(name, "its bytes are not those of the entries")
    for section, rows in content.items():
        for row in rows if isinstance(rows, list) else []:
            if "type" in row and row.get("entry") in shown:
                for name, value in parse(shown[row["entry"]].decode()).items():
                    if name not in row or canonical(row[name]) != canonical(value):
                        raise Fault("dossier.json", f"{section}: {name} is not what entry {row['entry']} says")
    return f"{len(files)} files, {len(leaves)} fields, {len(shown)} journal entries shown"


def main(arguments):
    try:
        files = read(arguments[0])
        line = files.get("journal.pub", b"").decode("utf-8", "replace")
        if len(arguments) > 1:
            line = open(arguments[1], encoding="utf-8").read() if os.path.isfile(arguments[1]) else arguments[1]
        print(f"INTACT {check(files, key_of(line, 'journal.pub'))}")
        return 0
    except Fault as fault:
        print("FAULT", *fault.args, sep=": ")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
