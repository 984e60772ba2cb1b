using System.Text.Json.Serialization;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>What the edges of the system report back. Each is an input of the journal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SirenReceipt), "siren")]
[JsonDerivedType(typeof(SirenLinkReceipt), "siren.link")]
[JsonDerivedType(typeof(SirenDoubtReceipt), "siren.doubt")]
[JsonDerivedType(typeof(SirenOutletReceipt), "siren.outlet")]
[JsonDerivedType(typeof(MessageReceipt), "message")]
[JsonDerivedType(typeof(FeedLossReceipt), "feed.loss")]
public abstract record Receipt
{
    /// <summary>When it happened there.</summary>
    public required DateTimeOffset At { get; init; }
}

public enum SirenStep : byte { Sent, Acknowledged, Sounding, Silent, Refused, Failed, Expired }

/// <summary>A step in the life of a siren command.</summary>
public sealed record SirenReceipt(string Siren, string CommandId, SirenStep Step) : Receipt
{
    /// <summary>When the decision was durable in the journal; on <see cref="SirenStep.Sent"/> only.</summary>
    public DateTimeOffset? DurableAt { get; init; }
    /// <summary>The detail, where it is ours to say; null when the device gave it.</summary>
    public Cause? Cause { get; init; }
    public string Detail { get; init => field = value ?? ""; } = "";
}

/// <summary>The link to a siren came up, went down, or goes another way.</summary>
public sealed record SirenLinkReceipt(string Siren, bool Up) : Receipt
{
    public SirenGuard Guard { get; init; }
    /// <summary>The detail; null in records of before all of it was said by codes.</summary>
    public Cause? Cause { get; init; }
    public string Detail { get; init => field = value ?? ""; } = "";
}

/// <summary>What is said in a siren's name is not to be believed.</summary>
public sealed record SirenDoubtReceipt(string Siren, SirenDoubt Doubt) : Receipt
{
    /// <summary>The command or the time that it is about.</summary>
    public string? Figure { get; init; }
    public string Detail { get; init => field = value ?? ""; } = "";
}

/// <summary>
/// The sirens' outlet is alive, and what it said of links last still holds. It comes again within <see cref="Lease"/>;
/// if not, no link counts as up.
/// </summary>
public sealed record SirenOutletReceipt(TimeSpan Lease) : Receipt
{
    /// <summary>The brokers, in words.</summary>
    public string Detail { get; init => field = value ?? ""; } = "";
}

/// <summary>A public message left, or could not.</summary>
public sealed record MessageReceipt(string Message, string Outlet, bool Ok) : Receipt
{
    /// <summary>It left, but not all is as it should be: what a person should know.</summary>
    public string? Finding { get; init; }
    /// <summary>The detail, where it is ours to say; null when there is none, and in records of before it was said by a code.</summary>
    public Cause? Cause { get; init; }
    public string Detail { get; init => field = value ?? ""; } = "";
}

/// <summary>More came on a feed than could be held: its oldest arrivals were lost before they were on record.</summary>
public sealed record FeedLossReceipt(string Feed, long Lost) : Receipt
{
    public string Detail { get; init => field = value ?? ""; } = "";
}
