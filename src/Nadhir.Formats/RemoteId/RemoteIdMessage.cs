using Nadhir.Sensing;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// How messages are laid out and packed (ASTM F3411-22a, 5.4.5): each has 25 bytes, of which the first holds its type
/// and the version; a pack has three bytes and then up to nine messages. A version later than we know is read as ours:
/// the standard promises that what is known keeps its place.
/// </summary>
public static class RemoteIdMessage
{
    public const int Length = 25;
    public const int PackHeader = 3;
    public const int MostInPack = 9;
    internal const byte Version = 2;

    public static RemoteIdMessageType TypeOf(ReadOnlySpan<byte> message) => (RemoteIdMessageType)(message[0] >> 4);

    /// <summary>Whether so many bytes can be one message or one pack.</summary>
    public static bool IsPossibleLength(int length) =>
        length == Length || ((length - PackHeader) % Length == 0
            && (length - PackHeader) / Length is >= 1 and <= MostInPack);

    /// <summary>Takes one message or pack off the front of the input.</summary>
    /// <param name="input">Nothing is taken on a fault.</param>
    /// <param name="messages">25 bytes each, one after the other; the pack's own three are not among them.</param>
    public static DecodeFault TryTake(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> messages)
    {
        messages = default;
        if (input.IsEmpty) return DecodeFault.Truncated;
        if (TypeOf(input) != RemoteIdMessageType.MessagePack)
        {
            if (input.Length < Length) return DecodeFault.Truncated;
            messages = input[..Length];
            input = input[Length..];
            return DecodeFault.None;
        }

        if (input.Length < PackHeader) return DecodeFault.Truncated;
        if (input[1] != Length || input[2] is 0 or > MostInPack) return DecodeFault.BadLength;
        int whole = PackHeader + (input[2] * Length);
        if (input.Length < whole) return DecodeFault.Truncated;
        messages = input[PackHeader..whole];
        input = input[whole..];
        return DecodeFault.None;
    }

    /// <summary>Writes a pack around messages of 25 bytes each; returns its length.</summary>
    /// <param name="messages">One to nine of them.</param>
    /// <param name="output">Room for three bytes more.</param>
    public static int WritePack(ReadOnlySpan<byte> messages, Span<byte> output)
    {
        int count = messages.Length / Length;
        bool fits = messages.Length % Length == 0 && count is >= 1 and <= MostInPack;
        Invariant.Require(fits, "a pack holds 1 to 9 messages");
        output[0] = ((byte)RemoteIdMessageType.MessagePack << 4) | Version;
        output[1] = Length;
        output[2] = (byte)count;
        messages.CopyTo(output[PackHeader..]);
        return PackHeader + messages.Length;
    }

    internal static void Begin(Span<byte> message, RemoteIdMessageType type)
    {
        message[..Length].Clear();
        message[0] = (byte)(((byte)type << 4) | Version);
    }
}
