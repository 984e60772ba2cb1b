using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nadhir.Outlets.Push;

/// <summary>
/// The key by which push services know us (VAPID, RFC 8292): subscriptions are made for it, and every message is sent
/// with a token it signed. An exercise has a key of its own, so that none of its messages can reach a phone subscribed
/// to the real one.
/// </summary>
public sealed class VapidKey : IDisposable
{
    /// <summary>RFC 8292 §2: at most a day; half of it leaves room for clocks that differ.</summary>
    static readonly TimeSpan validity = TimeSpan.FromHours(12);

    /// <summary>Push services whose token is kept; there are a handful in the world.</summary>
    const int MostTokens = 64;

    /// <summary>Stands before the key in its file, so that a copy under the other name is known for what it is.</summary>
    const string WorldMark = "Nadhir push key of world: ";

    readonly ECDsa key;
    readonly string contact;
    readonly Lock gate = new();
    readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = new(StringComparer.Ordinal);

    VapidKey(ECDsa key, string contact)
    {
        (this.key, this.contact) = (key, contact);
        PublicKey = Base64Url.EncodeToString(PushEncryption.Point(key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>What a browser subscribes with: the uncompressed point, base64url.</summary>
    public string PublicKey { get; }

    /// <summary>Reads the key of this world from the folder; makes one when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a key, is of the other world, or others may read it.</exception>
    public static VapidKey LoadOrCreate(string folder, bool exercise, Uri contact)
    {
        string path = Path.Combine(folder, exercise ? "push-exercise.pem" : "push-live.pem");
        // Not AbsoluteUri: a mailto address is to be sent as it was written.
        if (File.Exists(path)) return new(Read(path, exercise), contact.OriginalString);
        ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(Encoding.ASCII.GetBytes($"{WorldMark}{World(exercise)}\n{made.ExportPkcs8PrivateKeyPem()}\n"));
        file.Flush(flushToDisk: true);
        return new(made, contact.OriginalString);
    }

    /// <summary>The header <c>Authorization</c> for a push service (RFC 8292 §3), signed anew when the last one runs out.</summary>
    public string Authorization(Uri endpoint, DateTimeOffset now)
    {
        string origin = endpoint.GetLeftPart(UriPartial.Authority);
        if (!tokens.TryGetValue(origin, out (string Token, DateTimeOffset Until) kept) || kept.Until - now < validity / 4)
        {
            if (tokens.Count >= MostTokens) tokens.Clear();
            kept = tokens[origin] = (Token(origin, now + validity), now + validity);
        }

        return $"vapid t={kept.Token}, k={PublicKey}";
    }

    string Token(string origin, DateTimeOffset until)
    {
        using MemoryStream claims = new();
        using (Utf8JsonWriter json = new(claims))
        {
            json.WriteStartObject();
            json.WriteString("aud", origin);
            json.WriteNumber("exp", until.ToUnixTimeSeconds());
            json.WriteString("sub", contact);
            json.WriteEndObject();
        }

        string signed = Base64Url.EncodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"u8) + "." + Base64Url.EncodeToString(claims.ToArray());
        lock (gate)
        {
            // RFC 7518 §3.4: the two numbers side by side.
            byte[] signature = key.SignData(
                Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    static string World(bool exercise) => exercise ? "exercise" : "live";

    /// <summary>A key without the mark, as they were made before there was one, is of the world its file is named after.</summary>
    static ECDsa Read(string path, bool exercise)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            throw new InvalidDataException($"{path} may be read or written by other accounts; make it private first (chmod 600)");
        string text = File.ReadAllText(path);
        if (text.StartsWith(WorldMark + World(!exercise), StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is the push key of the {World(!exercise)} world, and this is the {World(exercise)} one");
        ECDsa read = ECDsa.Create();
        try
        {
            read.ImportFromPem(text);
            if (read.KeySize == 256) return read;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
        {
            // Said below.
        }

        read.Dispose();
        throw new InvalidDataException($"{path} is not a key of the curve P-256");
    }

    public void Dispose() => key.Dispose();
}
