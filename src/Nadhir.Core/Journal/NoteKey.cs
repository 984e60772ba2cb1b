using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nadhir.Journal;

/// <summary>
/// A public key as people pass it on, on one line: <c>name+identifier+base64(algorithm, key)</c> (C2SP signed-note,
/// "vkey"). Algorithm 1 is Ed25519, 4 a witness's.
/// </summary>
public sealed record NoteKey(string Name, byte Algorithm, ReadOnlyMemory<byte> PublicKey)
{
    public const byte Ed25519 = 0x01;

    /// <summary>Ed25519 again, for the timestamped cosignatures of witnesses (C2SP tlog-cosignature).</summary>
    public const byte Ed25519Cosignature = 0x04;

    /// <summary>The first four bytes of SHA-256(name, newline, algorithm, public key), big-endian.</summary>
    public uint Id => Identify(Name, Algorithm, PublicKey.Span);

    public override string ToString() =>
        $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Algorithm, .. PublicKey.Span])}";

    public static uint Identify(string name, byte algorithm, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', algorithm, .. publicKey]));

    /// <summary>Not empty, no Unicode spaces, no plus, no control characters.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    /// <summary>Reads the one line; says why not in <paramref name="fault"/>.</summary>
    public static NoteKey? Read(string line, out string? fault)
    {
        fault = null;
        string[] parts = line.Split('+', 3); // The base 64 may hold a plus of its own.
        if (parts.Length != 3 || !IsName(parts[0])) return Refuse("it is not name+identifier+key", out fault);
        byte[]? key = StrictBase64.Read(parts[2]);
        if (key is not { Length: > 1 }) return Refuse("the key is not base 64", out fault);
        NoteKey read = new(parts[0], key[0], key.AsMemory(1));
        return string.Equals(read.ToString(), line, StringComparison.Ordinal)
            ? read
            : Refuse("the identifier does not fit the name and the key", out fault);
    }

    static NoteKey? Refuse(string why, out string? fault)
    {
        fault = why;
        return null;
    }
}
