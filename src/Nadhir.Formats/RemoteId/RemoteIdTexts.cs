namespace Nadhir.Formats.RemoteId;

/// <summary>Basic ID message: who the aircraft is, by its own word.</summary>
public readonly record struct RemoteIdBasicId(RemoteIdIdType IdType, byte AircraftType, ShortText Id)
{
    /// <summary>Bytes of an identifier.</summary>
    public const int IdLength = 20;

    public static RemoteIdBasicId Read(ReadOnlySpan<byte> message) =>
        new((RemoteIdIdType)(message[1] >> 4), (byte)(message[1] & 15), ShortText.From(message.Slice(2, IdLength)));

    /// <summary>Writes the 25 bytes of the message, of version 2; of the identifier the first 20.</summary>
    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.BasicId);
        message[1] = (byte)(((byte)IdType << 4) | (AircraftType & 15));
        Id.CopyTo(message.Slice(2, IdLength));
    }

    /// <summary>Characters where it is text, else hexadecimal digits.</summary>
    public override string ToString() => IdType switch
    {
        RemoteIdIdType.UtmUuid => Id.ToHex(16),
        RemoteIdIdType.SessionId => Id.ToHex(IdLength),
        _ => Id.ToString(),
    };
}

/// <summary>Self-ID message: a short text on the purpose of the flight.</summary>
public readonly record struct RemoteIdSelfId(byte TextType, ShortText Text)
{
    public const int TextLength = 23;

    public static RemoteIdSelfId Read(ReadOnlySpan<byte> message) =>
        new(message[1], ShortText.From(message.Slice(2, TextLength)));

    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.SelfId);
        message[1] = TextType;
        Text.CopyTo(message.Slice(2, TextLength));
    }
}

/// <summary>Operator ID message: under what number the operator is registered.</summary>
public readonly record struct RemoteIdOperatorId(byte IdType, ShortText Id)
{
    public const int IdLength = 20;

    public static RemoteIdOperatorId Read(ReadOnlySpan<byte> message) =>
        new(message[1], ShortText.From(message.Slice(2, IdLength)));

    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.OperatorId);
        message[1] = IdType;
        Id.CopyTo(message.Slice(2, IdLength));
    }
}

/// <summary>
/// One page of an authentication (a signature over the other messages, mostly). Pages 0 to 15; page 0 tells how many
/// there are. Nothing is verified here: that needs the makers' or authorities' keys.
/// </summary>
public readonly record struct RemoteIdAuthentication
{
    /// <summary>Bytes of page 0 and of the others.</summary>
    public const int FirstPageLength = 17, PageLength = 23;

    /// <summary>
    /// 0 none, 1 UAS ID signature, 2 operator ID signature, 3 message set signature, 4 by network, 5 specific.
    /// </summary>
    public byte AuthenticationType { get; init; }
    public byte Page { get; init; }
    /// <summary>Index of the last page; page 0 only.</summary>
    public byte LastPage { get; init; }
    /// <summary>Bytes of all pages together; page 0 only.</summary>
    public byte Length { get; init; }
    /// <summary>Page 0 only.</summary>
    public DateTimeOffset? Time { get; init; }
    public ShortText Bytes { get; init; }

    public static RemoteIdAuthentication Read(ReadOnlySpan<byte> message)
    {
        byte type = (byte)(message[1] >> 4), page = (byte)(message[1] & 15);
        if (page > 0)
        {
            return new()
            {
                AuthenticationType = type, Page = page, Bytes = ShortText.From(message.Slice(2, PageLength)),
            };
        }

        return new()
        {
            AuthenticationType = type,
            LastPage = message[2],
            Length = message[3],
            Time = RemoteIdScales.Instant(message[4..]),
            Bytes = ShortText.From(message.Slice(8, FirstPageLength)),
        };
    }

    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.Authentication);
        message[1] = (byte)((AuthenticationType << 4) | (Page & 15));
        if (Page > 0)
        {
            Bytes.CopyTo(message.Slice(2, PageLength));
            return;
        }

        message[2] = LastPage;
        message[3] = Length;
        RemoteIdScales.WriteInstant(message[4..], Time);
        Bytes.CopyTo(message.Slice(8, FirstPageLength));
    }
}
