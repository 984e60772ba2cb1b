using System.Collections.Immutable;
using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// A device off the shelf that is switched on and off and knows nothing of commands: no identity, no expiry, no order, no
/// duration. What it lacks we do for it: it is never told what has expired, and told OFF when the sound is over, again and
/// again until it says that it is.
/// </summary>
/// <param name="mapping">Null until the device's discovery message has come.</param>
/// <param name="prefixes">What the gateways of its brokers put before each topic.</param>
sealed class PlainSiren(SirenMapping? mapping, string? discovery, bool exercise, ImmutableArray<string> prefixes)
{
    /// <summary>OFF is repeated so often, then the device is named as one that does not fall silent.</summary>
    static readonly TimeSpan Repeat = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestSound = TimeSpan.FromMinutes(10);
    /// <summary>A device may describe itself anew so often: each time is more topics to listen to.</summary>
    const int MostDiscoveries = 8;

    SirenCommanded? playing;
    DateTimeOffset until;
    TimeSpan? offTried, queried;
    bool began;
    int discoveries;

    public SirenMapping? Mapping { get; private set; } = Foreign(mapping, exercise, prefixes) is null ? mapping : null;
    public string? DiscoveryTopic => discovery;
    /// <summary>Why there is no mapping.</summary>
    public Cause Fault { get; private set; } = Foreign(mapping, exercise, prefixes) ?? Cause.Of(CauseCode.NotDiscovered);

    /// <summary>False when it describes itself as of the other world: nothing changes then.</summary>
    public bool Discover(string topic, byte[] payload)
    {
        // What cannot be read changes nothing: the device as we know it may still be switched.
        if (!SirenDiscovery.TryRead(topic, payload, out SirenMapping? read, out Cause? fault)) Fault = fault!;
        else if (Foreign(read, exercise, prefixes) is { } foreign) Fault = foreign;
        else if (Mapping is null || discoveries++ < MostDiscoveries) Mapping = read;
        return Foreign(read, exercise, prefixes) is null;
    }

    /// <summary>A command as the device takes it; null when it cannot be said.</summary>
    public (string Topic, byte[] Payload)? Message(SirenCommanded command) => Mapping switch
    {
        null => null,
        _ when command.SilentTest => Query(),
        _ when command.Action == SirenAction.Silence => Off(),
        _ => Mapping.On(command.Tone, command.DurationSeconds) is { } on ? (Mapping.CommandTopic, on) : null,
    };

    /// <summary>What it was told to sound ends by our clock, even if it was told before a restart of ours.</summary>
    public void Remember(SirenCommanded command)
    {
        if (command.SilentTest || command.Action != SirenAction.Sound) return;
        (playing, began, offTried) = (command, false, null);
        until = command.Expires + Duration(command);
    }

    /// <summary>The command has just gone out.</summary>
    public void Told(SirenCommanded command, DateTimeOffset now)
    {
        if (playing?.CommandId == command.CommandId && !began) until = now + Duration(command);
    }

    /// <summary>OFF is due, at most once a second.</summary>
    public (string Topic, byte[] Payload)? OffDue(TimeSpan at, DateTimeOffset now)
    {
        if (playing is null || now < until || (offTried is { } tried && at - tried < Repeat)) return null;
        offTried = at;
        // It never said that it sounds: told often enough, that is the end of it.
        if (!began && now - until > Patience) playing = null;
        return Off();
    }

    /// <summary>A question is due: three in a timeout of the link.</summary>
    public (string Topic, byte[] Payload)? QueryDue(TimeSpan at, TimeSpan timeout)
    {
        if (Mapping?.QueryTopic is null || (queried is { } asked && at - asked < timeout / 3)) return null;
        queried = at;
        return Query();
    }

    /// <summary>What the device's bare state means to the commands that wait for an answer.</summary>
    /// <param name="waiting">The command it was told and has not answered.</param>
    /// <param name="unbidden">It sounds and should not.</param>
    public IEnumerable<SirenStateMessage> Hear(bool on, SirenCommanded? waiting, DateTimeOffset now, out bool unbidden)
    {
        unbidden = on && (playing is null || now > until + Patience);
        List<SirenStateMessage> said = [];
        if (on && playing is { } sounds && !unbidden)
        {
            if (!began) said.AddRange([Say(sounds, SirenAnswerStep.Acknowledged), Say(sounds, SirenAnswerStep.Sounding)]);
            began = true;
        }
        else if (!on)
        {
            if (playing is { } ended && began)
            {
                said.Add(Say(ended, SirenAnswerStep.Silent));
                playing = null;
            }

            if (waiting is { SilentTest: true } or { Action: SirenAction.Silence })
                said.AddRange([Say(waiting, SirenAnswerStep.Acknowledged), Say(waiting, SirenAnswerStep.Silent)]);
            if (waiting is { Action: SirenAction.Silence, SilentTest: false }) playing = null;
        }

        if (on && waiting is { SilentTest: true }) said.Add(Say(waiting, SirenAnswerStep.Acknowledged));
        return said;

        SirenStateMessage Say(SirenCommanded command, SirenAnswerStep step) => new()
        {
            State = on ? SirenStateMessage.On : SirenStateMessage.Off,
            Step = step,
            CommandId = command.CommandId,
            Epoch = command.Epoch,
            Seq = command.Sequence,
            At = now,
            Detail = Cause.Of(CauseCode.ByStateOfDevice).Words,
        };
    }

    static Cause? Foreign(SirenMapping? mapping, bool exercise, ImmutableArray<string> prefixes) =>
        mapping is null ? null : prefixes.Select(prefix => mapping.FaultIn(exercise, prefix)).FirstOrDefault(fault => fault is not null);

    static TimeSpan Duration(SirenCommanded command)
    {
        TimeSpan asked = TimeSpan.FromSeconds(command.DurationSeconds);
        return asked < LongestSound ? asked : LongestSound;
    }

    (string, byte[])? Off() => Mapping?.Off() is { } off ? (Mapping.CommandTopic, off) : null;

    (string, byte[])? Query() => Mapping?.QueryTopic is { } topic ? (topic, System.Text.Encoding.UTF8.GetBytes(Mapping.QueryPayload)) : null;
}
