using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nadhir.PublicPage;
using Nadhir.Warning;

namespace Nadhir.Outlets.Push;

/// <summary>A public message as phones show it: its content by language, how long it holds, how pressing it is, what it replaces.</summary>
sealed record PushMessage
{
    /// <summary>A push service keeps a message for a phone that is off no longer than this: an old warning must not ring.</summary>
    static readonly TimeSpan longestLife = TimeSpan.FromMinutes(30);

    /// <summary>Arabic as it is, not as escapes of three times the length: a script reads it, no page.</summary>
    static readonly JsonWriterOptions written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Identifier { get; init; }
    public required string Alert { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset Expires { get; init; }
    /// <summary>RFC 8030 §5.3.</summary>
    public required string Urgency { get; init; }
    /// <summary>RFC 8030 §5.4: a later message of the same alert replaces one that still waits. At most 32 characters.</summary>
    public required string Topic { get; init; }
    /// <summary>JSON for the service worker, by language.</summary>
    public required ImmutableDictionary<string, byte[]> Contents { get; init; }

    public static PushMessage From(PublicMessage message) => new()
    {
        Identifier = message.Identifier,
        Alert = message.Alert,
        Zone = message.Areas.IsDefaultOrEmpty ? "" : message.Areas[0].Zone,
        Expires = message.Expires < message.Sent + longestLife ? message.Expires : message.Sent + longestLife,
        Urgency = message.State is AlertState.Warning or AlertState.Correction ? "high" : "normal",
        Topic = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{(message.Exercise ? "exercise" : "live")} {message.Sender} {message.Alert}")).AsSpan(0, 24)),
        Contents = message.Texts.ToImmutableDictionary(text => text.Language, text => Content(message, text), StringComparer.Ordinal),
    };

    /// <summary>What a phone is told that asked for a language: in that nearest to it.</summary>
    public byte[]? ContentIn(string language) =>
        PublicLanguages.Nearest(Contents.Keys, language) is { } tag ? Contents[tag] : null;

    static byte[] Content(PublicMessage message, MessageText text)
    {
        string zone = message.Areas.IsDefaultOrEmpty ? "" : message.Areas[0].Zone;
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, written))
        {
            json.WriteStartObject();
            json.WriteString("title", Cut(text.Headline, 700));
            json.WriteString("body", Cut(text.Instruction, 2000));
            json.WriteString("tag", message.Alert);
            json.WriteString("url", $"/zone/{Uri.EscapeDataString(zone)}?lang={text.Language}");
            json.WriteString("language", text.Language);
            json.WriteString("direction", text.Language.Split('-')[0] == "ar" ? "rtl" : "ltr");
            json.WriteBoolean("insistent", message.State == AlertState.Warning);
            json.WriteBoolean("exercise", message.Exercise);
            json.WriteString("state", message.State.ToString());
            json.WriteString("sent", message.Sent);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Names of zones are of any length; a record is not. So many bytes of UTF-8 at most, and a little for the mark.</summary>
    static string Cut(string text, int longest)
    {
        for (int i = 0; i < text.Length; i++)
        {
            longest -= char.IsAscii(text[i]) ? 1 : 3;
            if (longest < 0) return string.Concat(text.AsSpan(0, i), "…");
        }

        return text;
    }
}
