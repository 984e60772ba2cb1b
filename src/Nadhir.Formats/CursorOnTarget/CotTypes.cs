namespace Nadhir.Formats.CursorOnTarget;

/// <summary>Types of events that are about the network itself.</summary>
public static class CotTypes
{
    public const string Ping = "t-x-c-t";
    public const string Pong = "t-x-c-t-r";
    public const string Delete = "t-x-d-d";
    /// <summary>A server says which protocol versions it speaks.</summary>
    public const string ProtocolOffer = "t-x-takp-v";
    /// <summary>A client asks for one of them.</summary>
    public const string ProtocolRequest = "t-x-takp-q";
    /// <summary>The server agrees or not.</summary>
    public const string ProtocolAnswer = "t-x-takp-r";

    public static bool IsAboutProtocol(string type) => type.StartsWith("t-x-takp-", StringComparison.Ordinal);

    /// <summary>What the names of all events of one installation begin with.</summary>
    /// <param name="sender">Of the installation's messages; unique to it.</param>
    public static string OwnPrefix(string sender) => $"nadhir.{sender}.";
}
