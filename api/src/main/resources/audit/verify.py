"""Verifies the log in this directory: python3 verify.py [KEPT_CHECKPOINT]. Needs Python 3.9 and openssl, and no Milepost."""
import base64, hashlib, json, os, re, subprocess, sys, tempfile


def require(condition, message):
    if not condition:
        sys.exit("WRONG: " + message)


def sha256(data):
    return hashlib.sha256(data).digest()


def note(path):
    """A signed note: its text, and who signed it; fails unless a key of this directory did."""
    text, _, lines = open(path, encoding="utf-8", newline="").read().rpartition("\n\n")
    signers = []
    for name, signature in re.findall(r"^— (\S+) (\S+)$", lines, re.M):
        signature = base64.b64decode(signature)
        pem = "key-" + signature[:4].hex() + ".pem"
        if os.path.exists(pem):
            with tempfile.TemporaryDirectory() as place:
                paths = [os.path.join(place, "text"), os.path.join(place, "signature")]
                for file, data in zip(paths, [(text + "\n").encode(), signature[4:]]):
                    open(file, "wb").write(data)
                openssl = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-in", paths[0]]
                verified = subprocess.run(openssl + ["-sigfile", paths[1]], capture_output=True).returncode == 0
            require(verified, f"{path}: the signature of {name} is not of this text")
            signers.append(pem)
    require(signers, f"{path} is signed by no key of this directory")
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root), ", ".join(signers)


def root(hashes):
    """Of the Merkle tree of RFC 6962: a last hash without a neighbour moves up as it is."""
    level = [hashes[i : i + 32] for i in range(0, len(hashes), 32)] or [sha256(b"")]
    while len(level) > 1:
        pairs = [sha256(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


origin, size, signed_root, signers = note("checkpoint")
kept = note(sys.argv[1]) if len(sys.argv) > 1 else None
known = open("hashes", "rb").read()
leaves, versions, at = bytearray(), {}, ""
for number, line in enumerate(open("history.ndjson", "rb"), 1):
    require(line.endswith(b"\n"), f"history.ndjson is cut off in line {number}")
    leaf = sha256(b"\0" + line[:-1])
    try:
        entry = json.loads(line)
        stream, version, time, position = (entry[key] for key in ("stream", "version", "at", "position"))
    except (ValueError, LookupError, TypeError):
        sys.exit(f"WRONG: line {number} is no entry")
    name = f"{stream} version {version} ({entry.get('type')}, position {position})"
    require(leaf == known[len(leaves) : len(leaves) + 32], f"{name}: line {number} is not what the log integrated there: it was changed, or one before it is missing")
    require(position == number, f"{name} stands at line {number}")
    require(version == versions.get(stream, 0) + 1, f"{name} follows version {versions.get(stream, 0)}")
    require(time > at, f"{name} was recorded before its predecessor")
    leaves += leaf
    versions[stream], at = version, time
require(len(leaves) == len(known) == 32 * size, f"{len(leaves) // 32} lines, {len(known) / 32:g} hashes, {size} entries signed")
require(root(leaves) == signed_root, "the lines are not what was signed")
if kept:
    require(kept[0] == origin, "the kept checkpoint is of another log")
    require(set(kept[3].split(", ")) & set(signers.split(", ")), f"{kept[3]} signed the kept checkpoint, and {signers} this one: ops/verify can tell whether the one handed over to the other")
    require(kept[1] <= size, f"the log has {size} entries, the kept checkpoint {kept[1]}: rolled back")
    require(root(leaves[: 32 * kept[1]]) == kept[2], f"the first {kept[1]} entries are not those of the kept checkpoint")
print(f"verified: {size} entries of {origin}, root {base64.b64encode(signed_root).decode()}, signed by {signers}")
