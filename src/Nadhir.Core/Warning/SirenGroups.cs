using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>"18 of 20 sounded", and who is missing and why: of each zone with sirens in it or below it.</summary>
public static class SirenGroups
{
    /// <summary>A siren answers within a heartbeat or two; later is slow.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);

    /// <summary>One row for each zone whose sirens were ordered anything, in the order of the zones.</summary>
    public static ImmutableArray<SirenGroupRow> Of(
        ImmutableArray<Zone> zones, ImmutableArray<SirenRow> rows, DateTimeOffset now)
    {
        if (rows.All(row => row.Order is null)) return [];
        ZoneTree tree = new(zones);
        List<SirenRow>[] members = [.. zones.Select(_ => new List<SirenRow>())];
        foreach (SirenRow row in rows)
        {
            int zone = tree.IndexOf(row.Zone);
            if (zone < 0 || row.Order is null) continue;
            foreach (int each in tree.WithAncestors(zone)) members[each].Add(row);
        }

        return
        [
            .. members.Select((sirens, zone) => (sirens, zone)).Where(group => group.sirens.Count > 0)
                .Select(group => Row(zones[group.zone].Id, group.sirens, now)),
        ];
    }

    static SirenGroupRow Row(string zone, List<SirenRow> sirens, DateTimeOffset now)
    {
        SirenOrderRow newest = sirens.Select(siren => siren.Order!).MaxBy(order => order.At)!;
        // A siren that was ordered something else since is no part of this.
        SirenRow[] ordered =
        [
            .. sirens.Where(siren => siren.Order!.Alert == newest.Alert && siren.Order.Action == newest.Action
                && siren.Order.Tone == newest.Tone),
        ];
        ImmutableArray<SirenMissing> missing =
        [
            .. ordered.Select(siren => (siren, why: Lack(siren, now))).Where(pair => pair.why is not null)
                .Select(pair => new SirenMissing(pair.siren.Id, pair.why!.Value, Words(pair.siren)) { Cause = CauseOf(pair.siren) }),
        ];
        return new(zone, newest.Alert, newest.Action, newest.Tone, newest.At, ordered.Length,
            ordered.Length - missing.Length, missing);
    }

    /// <summary>Why a siren is not among those that did what was ordered; null when it is.</summary>
    public static SirenLack? Lack(SirenRow siren, DateTimeOffset now) => siren switch
    {
        { Doubt: not null } => SirenLack.Doubted,
        { Order.Done: not null } => null,
        { Order.Failure: SirenStep.Refused } => SirenLack.Refused,
        { LinkUp: false } => SirenLack.LinkDown,
        { Order.Failure: not null } => SirenLack.Failed,
        _ => now - siren.Order!.At > Prompt ? SirenLack.Slow : SirenLack.Waiting,
    };

    static Cause? CauseOf(SirenRow siren) =>
        siren.Doubt is not null ? null : siren is { LinkUp: false, Order.Failure: null } ? siren.LinkCause : siren.Cause;

    static string Words(SirenRow siren) =>
        siren.Doubt?.Detail ?? (siren is { LinkUp: false, Order.Failure: null } ? siren.Link : siren.Detail);
}
