"""Write and read the weights file that crates/model/src/container.rs reads (the layout is described there)."""
import hashlib
import pathlib
import struct

import numpy as np

MAGIC, VERSION, ALIGNMENT = b"chancery", 1, 64
TYPES = {np.dtype(np.float32): 0, np.dtype(np.int8): 1, np.dtype(np.uint8): 2}


def _string(text):
    raw = text.encode("utf-8")
    return struct.pack("<I", len(raw)) + raw


def _pad(size):
    return b"\0" * (-size % ALIGNMENT)


def write(path, tensors, meta):
    """Write `tensors` (name -> f32, i8 or u8 array, 0 to 4 dimensions) and `meta` (str -> str) to `path`.

    The same input gives the same bytes: entries are sorted by name. Returns the SHA-256 of the file as hex.
    Raises ValueError for another element type, more than 4 dimensions, or a float that is not finite.
    """
    header = [struct.pack("<I", len(meta))]
    header += [_string(k) + _string(v) for k, v in sorted(meta.items())]
    header.append(struct.pack("<I", len(tensors)))
    payload, size = [], 0
    for name, array in sorted(tensors.items()):
        if array.dtype not in TYPES:
            raise ValueError(f"{name}: {array.dtype} is not float32, int8 or uint8")
        if array.ndim > 4:
            raise ValueError(f"{name}: {array.ndim} dimensions, more than 4")
        if array.dtype == np.float32 and not np.isfinite(array).all():
            raise ValueError(f"{name}: a value is not finite")
        pad = _pad(size)
        raw = np.asarray(array, order="C").astype(array.dtype.newbyteorder("<")).tobytes()
        payload += [pad, raw]
        size += len(pad)
        header.append(_string(name) + struct.pack(f"<BB{array.ndim}QQ", TYPES[array.dtype], array.ndim, *array.shape, size))
        size += len(raw)
    header = b"".join(header)
    body = MAGIC + struct.pack("<II", VERSION, len(header)) + header
    body += _pad(len(body)) + b"".join(payload)
    file = body + hashlib.sha256(body).digest()
    pathlib.Path(path).write_bytes(file)
    return hashlib.sha256(file).hexdigest()


def read(path):
    """The tensors and metadata of a file that `write` made."""
    data = pathlib.Path(path).read_bytes()
    if data[:8] != MAGIC or hashlib.sha256(data[:-32]).digest() != data[-32:]: raise ValueError(f"{path}: no weights file, or a damaged one")
    _, size = struct.unpack_from("<II", data, 8)
    at = 16

    def number(form):
        nonlocal at
        value = struct.unpack_from(form, data, at)
        at += struct.calcsize(form)
        return value

    def string():
        nonlocal at
        (n,) = number("<I")
        at += n
        return data[at - n:at].decode("utf-8")

    meta = {}
    for _ in range(number("<I")[0]):
        key = string()
        meta[key] = string()
    payload = 16 + size + len(_pad(16 + size))
    kinds, tensors = {v: k for k, v in TYPES.items()}, {}
    for _ in range(number("<I")[0]):
        name = string()
        kind, dims = number("<BB")
        *shape, start = number(f"<{dims}QQ")
        dtype = kinds[kind].newbyteorder("<")
        count = int(np.prod(shape, dtype=np.int64))
        tensors[name] = np.frombuffer(data, dtype=dtype, count=count, offset=payload + start).reshape(shape).astype(kinds[kind])
    return tensors, meta


def quantise_rows(w):
    """Split a matrix [out, in] into int8 values in -127..127 and one f32 scale per row: w is about values * scales[:, None].

    A row of zeros keeps scale 1e-8 / 127, so that no scale is zero.
    """
    w = np.asarray(w, dtype=np.float32)
    scales = np.maximum(np.abs(w).max(axis=1), np.float32(1e-8)) / np.float32(127)
    values = np.clip(np.rint(w / scales[:, None]), -127, 127).astype(np.int8)
    return values, scales.astype(np.float32)


# The 16 values that half a byte stands for, of the greatest value of its group: the fit (Lloyd) to MiniLM's word table.
LEVELS = np.array([-1, -0.7612, -0.5808, -0.4347, -0.3113, -0.2033, -0.1051, -0.0128, 0.0761, 0.1656, 0.2592, 0.3616, 0.4774, 0.6142, 0.7813, 1], dtype=np.float32)
GROUP = 32


def quantise_halves(w):
    """Split a matrix [rows, columns] into half bytes: u8 [rows, columns / 2] (the first of two columns in the low half), u8 [rows, columns / GROUP]
    with the greatest value of each group in 255ths of the row's, and that of each row, f32. `halves` gives w back with about 8 % of its length lost;
    what `halves` gave comes back the same."""
    w = np.asarray(w, dtype=np.float32)
    groups = w.reshape(len(w), -1, GROUP)
    most = np.abs(groups).max(axis=2)
    row = np.maximum(most.max(axis=1), np.float32(1e-8)).astype(np.float32)
    shares = np.maximum(np.rint(most / row[:, None] * 255), 1).astype(np.uint8)
    within = groups / (shares.astype(np.float32) / 255 * row[:, None])[:, :, None]
    codes = np.searchsorted((LEVELS[1:] + LEVELS[:-1]) / 2, within).astype(np.uint8).reshape(len(w), -1)
    return codes[:, 0::2] | codes[:, 1::2] << 4, shares, row


def halves(codes, shares, row):
    """The matrix that `quantise_halves` split."""
    values = LEVELS[np.stack([codes & 15, codes >> 4], axis=2).reshape(len(codes), -1, GROUP)]
    return (values * (shares.astype(np.float32) / 255 * row[:, None])[:, :, None]).reshape(len(codes), -1)


def text(lines):
    """Lines joined by newlines as a u8 tensor, for instance a vocabulary."""
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8).copy()
