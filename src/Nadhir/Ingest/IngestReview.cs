using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nadhir.Ingest;

/// <summary>What was found in a report, as a file that a person goes through. <c>accept</c> is null until they say.</summary>
sealed record IngestReview(string Source, string Title, string Publisher, string? Published, string Sha256, IReadOnlyList<ProposedClaim> Claims)
{
    /// <summary>Found beyond the most that a review holds.</summary>
    public int Left { get; init; }
    /// <summary>What the rules could not read, and so took nothing from.</summary>
    public IReadOnlyList<UnreadParagraph> Unread { get; init; } = [];
    [JsonIgnore]
    public string Text { get; init; } = "";

    static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    /// <summary>Told by the mark in front; without one it is not known to be that.</summary>
    static readonly UnicodeEncoding utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        utf16Big = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <param name="encoding">Of a text that is not Unicode, as a person says: it is never guessed.</param>
    /// <exception cref="IOException">The file cannot be read, is longer than a document may be, or is no plain text.</exception>
    public static IngestReview Of(string path, string? source, string publisher, DateOnly? published, TimeZoneInfo zone, Encoding? encoding = null)
    {
        if (new FileInfo(path).Length > 4L * AddSource.LongestText)
            throw new IOException($"{path} is longer than {AddSource.LongestText} characters");
        byte[] bytes = File.ReadAllBytes(path);
        string text = PlainText(path, bytes, encoding);
        if (text.Length > AddSource.LongestText) throw new IOException($"{path} is longer than {AddSource.LongestText} characters");
        string id = source ?? Path.GetFileNameWithoutExtension(path);
        ClaimFinder finder = ClaimFinder.Read(text, publisher, published, zone);
        return new(id, Path.GetFileName(path), publisher, finder.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            [.. finder.Claims.Select(claim => claim with { Id = $"{id}-{claim.Id}" })])
        {
            Left = finder.Left, Unread = finder.Unread, Text = text,
        };
    }

    /// <summary>A quote is of the document only if the text is: what would have to be guessed is refused.</summary>
    static string PlainText(string path, byte[] bytes, Encoding? encoding)
    {
        (Encoding read, int mark) = encoding is not null ? (encoding, 0)
            : bytes is [0xFF, 0xFE, ..] ? (utf16, 2) : bytes is [0xFE, 0xFF, ..] ? (utf16Big, 2) : (strict, 0);
        string text;
        try
        {
            text = read.GetString(bytes, mark, bytes.Length - mark);
        }
        catch (ArgumentException fault)
        {
            string at = fault is DecoderFallbackException { Index: var index } ? $" (byte {index})" : "";
            throw new IOException($"{path} is no text in {read.WebName.ToUpperInvariant()}{at}: save it as UTF-8, or say --encoding", fault);
        }

        int control = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        if (control >= 0) throw new IOException($"{path} is no plain text (character {control} is a control character)");
        if (PageText.IsPage(text)) return Page(path, text);
        ReadOnlySpan<char> begin = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (begin.StartsWith("%PDF", StringComparison.Ordinal) || begin.StartsWith("{\\rtf", StringComparison.Ordinal)
            || begin.StartsWith("<!", StringComparison.Ordinal) || begin.StartsWith("<?xml", StringComparison.Ordinal))
            throw new IOException($"{path} is a file of a word processor: save its text alone first");
        return text;
    }

    static string Page(string path, string page)
    {
        try
        {
            return PageText.Of(page);
        }
        catch (Exception fault) when (fault is InvalidDataException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            throw new IOException($"{path}: {(fault is InvalidDataException ? fault.Message : "the page takes too long to read: save its text alone first")}", fault);
        }
    }

    /// <exception cref="JsonException">It is no review.</exception>
    public static IngestReview Parse(string json) =>
        JsonSerializer.Deserialize(json, IngestJson.Readable.IngestReview) is { Claims: not null } review ? review : throw new JsonException("the review is empty");

    public string Json() => JsonSerializer.Serialize(this, IngestJson.Readable.IngestReview);

    /// <summary>The document, its claims as proposals, and what a person decided of them.</summary>
    /// <exception cref="ArgumentException">The review is of another document, or the words in it were changed.</exception>
    public IReadOnlyList<Command> Commands(string by, string? incident, IngestReview? decided)
    {
        List<Command> commands =
        [
            new AddSource(Source, Title, Publisher, "read from a file by nadhir ingest", Sha256)
            {
                By = by, Text = Text,
                Published = Published is null ? null : DateTimeOffset.ParseExact(Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            },
        ];
        commands.AddRange(Claims.Select(claim => claim.Command(by, Source, incident)));
        if (decided is null) return commands;
        if (decided.Sha256 != Sha256) throw new InvalidDataException("the review is of another document");
        Dictionary<string, ProposedClaim> known = Claims.ToDictionary(claim => claim.Id, StringComparer.Ordinal);
        foreach (ProposedClaim claim in decided.Claims)
        {
            if (!known.TryGetValue(claim.Id, out ProposedClaim? ours)) throw new InvalidDataException($"the report has no claim {claim.Id}");
            if (ours.Quote != claim.Quote || ours.Attribution != claim.Attribution)
                throw new InvalidDataException($"{claim.Id}: the words or the attribution were changed; reject it and record your own claim");
            if (claim.Accept == true) commands.Add(new AcceptClaim(claim.Id) { By = by });
            if (claim.Accept == false) commands.Add(new RejectClaim(claim.Id, claim.Reason ?? "") { By = by });
        }

        return commands;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IngestReview))]
sealed partial class IngestJson : JsonSerializerContext
{
    /// <summary>Quotes as they stand, not as escapes: people read it.</summary>
    public static IngestJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
