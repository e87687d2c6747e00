"""Verifies the log in this directory, or the certificate of one fact. Needs Python 3.7 and openssl 3, and no Milepost.

    python3 verify.py [KEPT_CHECKPOINT]
    python3 verify.py CERTIFICATE --key KEY    the log's key (name+id+key), or a file with some

Ends with 0 if all is right, with 1 and WRONG if something is not what was signed, with 2 if it CANNOT CHECK, and why."""
import base64, hashlib, json, os, re, subprocess, sys, tempfile

if sys.version_info < (3, 7):
    sys.stderr.write("CANNOT CHECK: this is Python " + sys.version.split()[0] + ", and too old: use 3.7 or newer\n")
    sys.exit(2)

X509 = bytes.fromhex("302a300506032b6570032100")  # what comes before the 32 bytes of an Ed25519 key (RFC 8410)
KNOWN = [bytes.fromhex(text) for text in (  # a signature that is right (RFC 8032, 7.1, test 2)
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]


class Wrong(Exception):
    """Something is not what was signed."""


class Unable(Exception):
    """It cannot be told here."""


def require(condition, message, kind=Wrong):
    if not condition:
        raise kind(message)


def sha256(data):
    return hashlib.sha256(data).digest()


def read(path):
    require(os.path.exists(path), path + " is not there: run this program in the directory of an export", Unable)
    with open(path, "rb") as file:
        data = file.read()
    require(not data.startswith(b"PK"), path + " is a zip: unpack it, and run this program in its directory", Unable)
    return data.decode()


def keys(text):
    """Lines name+id+key; by name and id."""
    found = {}
    for line in text.splitlines():
        name, id, key = line.split("+", 2)
        key = base64.b64decode(key)
        known = sha256(name.encode() + b"\n" + key)[:4]
        require(len(key) == 33 and key[0] == 1 and known.hex() == id, line + " is no Ed25519 key", Unable)
        found[name, known] = key[1:]
    return found


def signed(key, text, signature):
    with tempfile.TemporaryDirectory() as place:
        paths = [os.path.join(place, name) for name in ("key", "text", "signature")]
        for path, data in zip(paths, (X509 + key, text, signature)):
            with open(path, "wb") as file:
                file.write(data)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin"]
        try:
            return subprocess.run(command + ["-in", paths[1], "-sigfile", paths[2]], capture_output=True).returncode == 0
        except FileNotFoundError:
            raise Unable("there is no openssl on the PATH: install OpenSSL 3")


def note(what, text, trusted):
    """A signed note: its origin, size, root, and who signed it; fails unless one of these keys did."""
    text, _, lines = text.rpartition("\n\n")
    require(text, what + " is no signed note", Unable)
    signers = []
    for name, signature in re.findall("^\u2014 (\\S+) (\\S+)$", lines, re.M):
        signature = base64.b64decode(signature)
        key = trusted.get((name, signature[:4]))
        if key and not signed(key, (text + "\n").encode(), signature[4:]):
            why = "this openssl does not verify Ed25519, OpenSSL 3 does: put its directory first on the PATH"
            require(signed(*KNOWN), why, Unable)
            raise Wrong("%s: the signature of %s is not of this text" % (what, name))
        if key:
            signers.append("key-%s.pem" % signature[:4].hex())
    require(signers, what + " is signed by none of the keys " + ", ".join(name + "+" + id.hex() for name, id in trusted))
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root), signers


def root(hashes):
    """Of the Merkle tree of RFC 6962: a last hash without a neighbour moves up as it is."""
    level = [hashes[i : i + 32] for i in range(0, len(hashes), 32)] or [sha256(b"")]
    while len(level) > 1:
        pairs = [sha256(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def led(leaf, index, size, path):
    """The root to which a path leads from a leaf, if it is as long as it must be."""
    node, last = leaf, size - 1
    for hash in path:
        if last == 0:
            return None
        while index == last and last and not index % 2:  # it has no neighbour here
            index, last = index // 2, last // 2
        node = sha256(b"\1" + (hash + node if index % 2 else node + hash))
        index, last = index // 2, last // 2
    return node if last == 0 else None


def certificate(text, trusted):
    require(trusted, "a certificate is checked with the log's key: --key KEY", Unable)
    head, _, signed_note = text.partition("\n\n")
    try:
        lines = head.split("\n")
        line, index = base64.b64decode(lines[1].split("extra ")[1]), int(lines[2].split("index ")[1])
        path = [base64.b64decode(hash) for hash in lines[3:]]
    except (ValueError, IndexError):
        raise Unable("the certificate is cut off or garbled")
    origin, size, signed_root, signers = note("the certificate", signed_note, trusted)
    included = 0 <= index < size and led(sha256(b"\0" + line), index, size, path) == signed_root
    require(included, "the fact is not entry %d of the log of %d entries" % (index, size))
    require(json.loads(line)["position"] == index + 1, "the fact stands at another position of the log: %d" % (index + 1))
    print(line.decode())
    return origin, size, signed_root, signers


def log(kept):
    trusted = keys(read("keys"))
    origin, size, signed_root, signers = note("checkpoint", read("checkpoint"), trusted)
    kept = note(kept, read(kept), trusted) if kept else None
    with open("hashes", "rb") as file:
        known = file.read()
    require(len(known) % 32 == 0, "hashes is cut off: unpack it again", Unable)
    leaves, versions, at = bytearray(), {}, ""
    for number, line in enumerate(open("history.ndjson", "rb"), 1):
        require(line.endswith(b"\n"), "history.ndjson is cut off in line %d: unpack it again" % number, Unable)
        leaf = sha256(b"\0" + line[:-1])
        try:
            entry = json.loads(line)
            stream, version, time, position = (entry[key] for key in ("stream", "version", "at", "position"))
        except (ValueError, LookupError, TypeError):
            raise Wrong("line %d is no entry" % number)
        name = "%s version %s (%s, position %s)" % (stream, version, entry.get("type"), position)
        same = leaf == known[len(leaves) : len(leaves) + 32]
        require(same, "%s: line %d is not what the log integrated there: it was changed, or one before it is missing" % (name, number))
        require(position == number, "%s stands at line %d" % (name, number))
        require(version == versions.get(stream, 0) + 1, "%s follows version %s" % (name, versions.get(stream, 0)))
        require(time > at, name + " was recorded before its predecessor")
        leaves += leaf
        versions[stream], at = version, time
    whole = len(leaves) == len(known) == 32 * size
    require(whole, "%d lines, %d hashes, %d entries signed" % (len(leaves) // 32, len(known) // 32, size))
    require(root(leaves) == signed_root, "the lines are not what was signed")
    if kept:
        require(kept[0] == origin, "the kept checkpoint is of another log")
        require(kept[1] <= size, "the log has %d entries, the kept checkpoint %d: rolled back" % (size, kept[1]))
        same = root(leaves[: 32 * kept[1]]) == kept[2]
        require(same, "the first %d entries are not those of the kept checkpoint" % kept[1])
        rotated = "%s signed the kept checkpoint, and %s this one: ops/verify follows keys from one to the next"
        require(set(kept[3]) & set(signers), rotated % (", ".join(kept[3]), ", ".join(signers)), Unable)
    return origin, size, signed_root, signers


def run(arguments):
    file, trusted = None, {}
    while arguments:
        argument = arguments.pop(0)
        if argument == "--key" and arguments:
            trusted.update(keys(read(arguments[0]) if os.path.exists(arguments[0]) else arguments[0]))
            del arguments[0]
        else:
            require(file is None and not argument.startswith("-"), "it was called otherwise than this:\n" + __doc__, Unable)
            file = argument
    text = read(file) if file else ""
    found = certificate(text, trusted) if text.startswith("c2sp.org/tlog-proof@v1\n") else log(file)
    base64_root = base64.b64encode(found[2]).decode()
    print("verified: %d entries of %s, root %s, signed by %s" % (found[1], found[0], base64_root, ", ".join(found[3])))


def end(word, reason, status):
    # It may quote what somebody put into the log to repaint the screen.
    sys.stderr.write(word + ": " + re.sub("[^\n -~\u00a0-\uffff]", "?", str(reason)) + "\n")
    sys.exit(status)


sys.stdout.reconfigure(errors="backslashreplace")
try:
    run(sys.argv[1:])
except Wrong as wrong:
    end("WRONG", wrong, 1)
except Unable as unable:
    end("CANNOT CHECK", unable, 2)
except (Exception, KeyboardInterrupt) as failure:  # whatever it is, it says nothing of the log
    end("CANNOT CHECK", "%s: %s" % (type(failure).__name__, failure), 2)
