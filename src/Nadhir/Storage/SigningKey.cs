using System.Security.Cryptography;
using System.Text;
using Nadhir.Journal;
using Org.BouncyCastle.Crypto.Parameters;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Nadhir.Storage;

/// <summary>
/// The Ed25519 key a journal is signed with. Its file is one line,
/// <c>PRIVATE+KEY+name+identifier+base64(1, seed)</c>, as Go's note package and the C2SP tools read it.
/// </summary>
public sealed class SigningKey : INoteSigner
{
    const string FilePrefix = "PRIVATE+KEY+";
    const string LiveName = "live.nadhir.invalid", ExerciseName = "exercise.nadhir.invalid";
    const string ExercisePrefix = ExerciseName + "/";

    readonly Ed25519PrivateKeyParameters key;

    SigningKey(string name, ReadOnlySpan<byte> seed, byte algorithm = NoteKey.Ed25519)
    {
        key = new Ed25519PrivateKeyParameters(seed);
        PublicKey = new NoteKey(name, algorithm, key.GeneratePublicKey().GetEncoded());
    }

    public NoteKey PublicKey { get; }

    /// <summary>Whether a key or origin of this name is an exercise's, which anyone can make and which proves nothing.</summary>
    public static bool IsExercise(string name) => name.StartsWith(ExercisePrefix, StringComparison.Ordinal);

    /// <summary>
    /// The key of a running system's record, made when there is none: <c>live.nadhir.invalid</c> or
    /// <c>exercise.nadhir.invalid</c>. A key of one's own may have any other name.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not a key, or one of the other world, or others may read it.</exception>
    public static SigningKey OfWorld(string path, bool exercise)
    {
        SigningKey loaded = LoadOrCreate(path, exercise ? ExerciseName : LiveName);
        string name = loaded.PublicKey.Name, own = exercise ? "an exercise" : "the live system";
        return IsOfWorld(name, exercise) ? loaded
            : throw new InvalidDataException($"{path} is the key {name}, of the other world; {own} has its own");
    }

    /// <summary>Whether a key of this name may sign records of a world.</summary>
    public static bool IsOfWorld(string name, bool exercise) =>
        exercise ? name != LiveName : name != ExerciseName && !IsExercise(name);

    /// <summary>Reads the key file; makes a new key under <paramref name="name"/> when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a key, or others may read it.</exception>
    /// <param name="algorithm">That of a log's key, or of a witness's.</param>
    public static SigningKey LoadOrCreate(string path, string name, byte algorithm = NoteKey.Ed25519)
    {
        if (File.Exists(path)) return Load(path, algorithm);
        if (!NoteKey.IsName(name) || IsExercise(name))
            throw new InvalidDataException($"'{name}' cannot name a key: no spaces, no plus, not an exercise's");
        Span<byte> seed = stackalloc byte[Ed25519.SecretKeySize];
        RandomNumberGenerator.Fill(seed);
        SigningKey created = new(name, seed, algorithm);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(Encoding.UTF8.GetBytes($"{FilePrefix}{created.PublicKey.Name}+{created.PublicKey.Id:x8}+{Secret(algorithm, seed)}\n"));
        file.Flush(flushToDisk: true);
        return created;
    }

    /// <summary>A key anyone can make again from its name, for records that must come out the same every time.</summary>
    public static SigningKey ForExercise(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-'));
        string full = ExercisePrefix + (safe.Length == 0 ? "unnamed" : safe);
        return new SigningKey(full, SHA256.HashData(Encoding.UTF8.GetBytes("nadhir exercise key, no secret\n" + full)));
    }

    /// <summary>The key of an exercise by its public half; null when it is not an exercise's.</summary>
    public static SigningKey? ForExerciseOf(NoteKey key) =>
        IsExercise(key.Name) && ForExercise(key.Name[ExercisePrefix.Length..]) is var made && made.PublicKey.ToString() == key.ToString()
            ? made : null;

    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        byte[] signature = new byte[Ed25519.SignatureSize];
        key.Sign(Ed25519.Algorithm.Ed25519, null, text.ToArray(), 0, text.Length, signature, 0);
        return signature;
    }

    static SigningKey Load(string path, byte algorithm)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            throw new InvalidDataException($"{path} may be read or written by other accounts; make it private first (chmod 600)");
        string line = File.ReadAllText(path).TrimEnd('\n');
        string[] parts = line.StartsWith(FilePrefix, StringComparison.Ordinal) ? line[FilePrefix.Length..].Split('+', 3) : [];
        Span<byte> secret = stackalloc byte[1 + Ed25519.SecretKeySize + 2];
        if (parts.Length != 3 || !NoteKey.IsName(parts[0])
            || !Convert.TryFromBase64String(parts[2], secret, out int length)
            || length != 1 + Ed25519.SecretKeySize || secret[0] != algorithm)
            throw new InvalidDataException($"{path} is not an Ed25519 {(algorithm == NoteKey.Ed25519 ? "signing key" : "key of a witness")}");
        SigningKey loaded = new(parts[0], secret[1..length], algorithm);
        if (!string.Equals(parts[1], $"{loaded.PublicKey.Id:x8}", StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is damaged: the identifier does not fit the key");
        return loaded;
    }

    static string Secret(byte algorithm, ReadOnlySpan<byte> seed) => Convert.ToBase64String([algorithm, .. seed]);
}
