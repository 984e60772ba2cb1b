using System.Buffers;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>How a scan ended.</summary>
public enum CotScanEnd : byte
{
    NeedsMore,
    /// <summary>Behind the end of the event.</summary>
    Complete,
    /// <summary>At the beginning of another event, inside this one.</summary>
    NextEvent,
    /// <summary>At something that no XML document with an event as its root can hold.</summary>
    Malformed,
}

/// <summary>
/// Looks for the end of one XML document by its markup alone (Extensible Markup Language 1.0, chapters 2 and 3). Can be
/// taken up again when more bytes have come. What it holds complete is read, and judged, elsewhere.
/// </summary>
public struct CotScan
{
    enum Place : byte { Content, Tag, Value, Comment, Section, Instruction, DocumentType, DocumentTypeValue }

    static readonly SearchValues<byte> documentTypeMarkup = SearchValues.Create("<>\"'[]"u8);

    static ReadOnlySpan<byte> CommentStart => "<!--"u8;
    static ReadOnlySpan<byte> SectionStart => "<![CDATA["u8;
    static ReadOnlySpan<byte> DocumentTypeStart => "<!DOCTYPE"u8;
    static ReadOnlySpan<byte> EventStart => "<event"u8;

    Place place;
    byte quote;
    bool closes;
    int depth, brackets;

    /// <summary>Bytes looked at so far.</summary>
    public int Position { get; private set; }
    /// <summary>The event itself has begun.</summary>
    public bool HasRoot { get; private set; }

    /// <summary>
    /// A document may begin here: at an event, a declaration or a document type. Null: more bytes would tell.
    /// </summary>
    public static bool? MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (IsEvent(bytes) is not false and var begins) return begins;
        return Starts(bytes, "<?xml"u8) is not false and var declares ? declares : Starts(bytes, DocumentTypeStart);
    }

    /// <param name="bytes">From the beginning of the document; the same as before and what has come since.</param>
    public CotScanEnd Advance(ReadOnlySpan<byte> bytes)
    {
        while (Position < bytes.Length)
        {
            int before = Position;
            Place was = place;
            CotScanEnd end = Step(bytes);
            if (end != CotScanEnd.NeedsMore) return end;
            if (Position == before && place == was) return CotScanEnd.NeedsMore;
        }

        return CotScanEnd.NeedsMore;
    }

    /// <summary>One piece of markup or text; stands still when it is not there as a whole.</summary>
    CotScanEnd Step(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes[Position..];
        switch (place)
        {
            case Place.Content: return Content(rest);
            case Place.Tag: return Tag(rest);
            case Place.Value: return Value(rest);
            case Place.Comment: return Until(rest, "-->"u8);
            case Place.Section: return Until(rest, "]]>"u8);
            case Place.Instruction:
                int stop = rest.IndexOf("?>"u8), another = rest.IndexOf("<?"u8);
                if (another >= 0 && (stop < 0 || another < stop)) return CotScanEnd.Malformed;
                return Leave(rest, stop, 2);
            case Place.DocumentType: return DocumentType(rest);
            default:
                int closing = rest.IndexOf(quote);
                Position += closing < 0 ? rest.Length : closing + 1;
                if (closing >= 0) place = Place.DocumentType;
                return CotScanEnd.NeedsMore;
        }
    }

    CotScanEnd Content(ReadOnlySpan<byte> rest)
    {
        int markup = rest.IndexOf((byte)'<');
        if (!HasRoot)
        {
            int text = rest.IndexOfAnyExcept(" \t\r\n"u8);
            if (text >= 0 && text != markup) return CotScanEnd.Malformed;
        }

        Position += markup < 0 ? rest.Length : markup;
        if (markup < 0) return CotScanEnd.NeedsMore;
        rest = rest[markup..];
        if (rest.Length == 1) return CotScanEnd.NeedsMore;
        return rest[1] switch
        {
            (byte)'/' => Open(),
            (byte)'?' => Enter(Place.Instruction, 2),
            (byte)'!' => Declaration(rest),
            _ => Element(rest),
        };
    }

    CotScanEnd Open()
    {
        if (depth == 0) return CotScanEnd.Malformed;
        closes = true;
        return Enter(Place.Tag, 2);
    }

    CotScanEnd Declaration(ReadOnlySpan<byte> rest)
    {
        bool? comment = Starts(rest, CommentStart), section = Starts(rest, SectionStart),
            type = Starts(rest, DocumentTypeStart);
        if (comment == true) return Enter(Place.Comment, CommentStart.Length);
        if (section == true && depth > 0) return Enter(Place.Section, SectionStart.Length);
        if (type == true && depth == 0) return Enter(Place.DocumentType, DocumentTypeStart.Length);
        return comment is null || section is null || type is null ? CotScanEnd.NeedsMore : CotScanEnd.Malformed;
    }

    CotScanEnd Element(ReadOnlySpan<byte> rest)
    {
        bool? isEvent = IsEvent(rest);
        if (isEvent is null) return CotScanEnd.NeedsMore;
        if (HasRoot && isEvent.Value) return CotScanEnd.NextEvent;
        if (!HasRoot && !isEvent.Value) return CotScanEnd.Malformed;
        HasRoot = true;
        closes = false;
        return Enter(Place.Tag, 1);
    }

    CotScanEnd Tag(ReadOnlySpan<byte> rest)
    {
        int at = rest.IndexOfAny("<>\"'"u8);
        if (at < 0)
        {
            // The last byte stays: it may be the slash that makes the element empty.
            Position += Math.Max(0, rest.Length - 1);
            return CotScanEnd.NeedsMore;
        }

        if (rest[at] == '<') return IsNext(rest, at);
        if (rest[at] != '>')
        {
            quote = rest[at];
            return Enter(Place.Value, at + 1);
        }

        bool isEmpty = at > 0 && rest[at - 1] == '/';
        depth += closes ? -1 : isEmpty ? 0 : 1;
        Enter(Place.Content, at + 1);
        return depth == 0 ? CotScanEnd.Complete : CotScanEnd.NeedsMore;
    }

    CotScanEnd Value(ReadOnlySpan<byte> rest)
    {
        int at = rest.IndexOfAny(quote, (byte)'<');
        if (at >= 0 && rest[at] == '<') return IsNext(rest, at);
        return at < 0 ? Enter(Place.Value, rest.Length) : Enter(Place.Tag, at + 1);
    }

    /// <summary>A tag is broken off by another; if that is an event, the scan stops before it.</summary>
    CotScanEnd IsNext(ReadOnlySpan<byte> rest, int at)
    {
        bool? isEvent = IsEvent(rest[at..]);
        Position += at;
        return isEvent is null ? CotScanEnd.NeedsMore : isEvent.Value ? CotScanEnd.NextEvent : CotScanEnd.Malformed;
    }

    CotScanEnd Until(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> end)
    {
        int stop = rest.IndexOf(end), another = rest.IndexOf(EventStart);
        if (another < 0 || (stop >= 0 && stop < another)) return Leave(rest, stop, end.Length);
        bool? isEvent = IsEvent(rest[another..]);
        Position += another + (isEvent == false ? 1 : 0);
        return isEvent == true ? CotScanEnd.NextEvent : CotScanEnd.NeedsMore;
    }

    CotScanEnd DocumentType(ReadOnlySpan<byte> rest)
    {
        int at = rest.IndexOfAny(documentTypeMarkup);
        if (at < 0) return Enter(Place.DocumentType, rest.Length);
        switch (rest[at])
        {
            case (byte)'"' or (byte)'\'':
                quote = rest[at];
                return Enter(Place.DocumentTypeValue, at + 1);
            case (byte)'[': brackets++; break;
            case (byte)']': brackets--; break;
            case (byte)'<' when Starts(rest[at..], DocumentTypeStart) is not false and var another:
                Position += at;
                return another is null ? CotScanEnd.NeedsMore : CotScanEnd.Malformed;
            case (byte)'>' when brackets <= 0: return Enter(Place.Content, at + 1);
        }

        return Enter(Place.DocumentType, at + 1);
    }

    /// <summary>Behind the end when it is there; else as far as it cannot have begun.</summary>
    CotScanEnd Leave(ReadOnlySpan<byte> rest, int stop, int length)
    {
        if (stop >= 0) return Enter(Place.Content, stop + length);
        Position += Math.Max(0, rest.Length - EventStart.Length);
        return CotScanEnd.NeedsMore;
    }

    CotScanEnd Enter(Place next, int bytes)
    {
        place = next;
        Position += bytes;
        return CotScanEnd.NeedsMore;
    }

    static bool? IsEvent(ReadOnlySpan<byte> bytes)
    {
        if (Starts(bytes, EventStart) is not true and var starts) return starts;
        if (bytes.Length == EventStart.Length) return null;
        return bytes[EventStart.Length]
            is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>' or (byte)'/';
    }

    static bool? Starts(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> with) => bytes.StartsWith(with) ? true
        : bytes.Length < with.Length && with.StartsWith(bytes) ? null : false;
}
