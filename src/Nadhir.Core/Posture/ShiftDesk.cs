using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>
/// Who has the watch. It passes to the incoming person when that person has acknowledged every item of the list, or is
/// taken with a reason; until then the outgoing person has it.
/// </summary>
sealed class ShiftDesk
{
    readonly Queue<WatchPeriod> earlier = new();
    string? holder;
    DateTimeOffset? since;
    HandOverRow? current;
    int count;

    public ShiftBoard Board => new(holder, since, current, [.. earlier]);

    /// <param name="boards">All that is shown now; asked for only when a list is drawn up.</param>
    public void Handle(HandOver order, Func<Boards> boards, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "shift.handOver";
        if (string.IsNullOrWhiteSpace(order.To)) decisions.Refuse(command, Cause.Of(CauseCode.NeedsTaker));
        else if (PersonName.Same(order.By, order.To)) decisions.Refuse(command, Cause.Of(CauseCode.HandToAnother));
        else if (holder is not null && !PersonName.Same(holder, order.By)) decisions.Refuse(command, Cause.Of(CauseCode.HasTheWatch, holder));
        else
        {
            if (holder is null) (holder, since) = (order.By, now);
            current = Listed(order.By, order.To, boards(), now, decisions);
        }
    }

    public void Handle(AcknowledgeHandOver order, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "shift.acknowledge";
        if (current is null || current.Id != order.HandOver) decisions.Refuse(command, Cause.Of(CauseCode.NoOpenHandOver, order.HandOver));
        else if (!PersonName.Same(current.To, order.By)) decisions.Refuse(command, Cause.Of(CauseCode.AnotherTakesIt, current.To));
        else if (order.Items.FirstOrDefault(id => current.Items.All(item => item.Id != id)) is { } unknown)
            decisions.Refuse(command, Cause.Of(CauseCode.NoItemIn, unknown, current.Id));
        else
        {
            bool Meant(HandOverItem item) => item.Acknowledged is null
                && (order.Items.IsEmpty || order.Items.Contains(item.Id, StringComparer.Ordinal));
            decisions.Add(new HandOverAcknowledged(current.Id, order.By, [.. current.Items.Where(Meant).Select(item => item.Id)]));
            current = current with
            {
                Items = [.. current.Items.Select(item => Meant(item) ? item with { Acknowledged = now } : item)],
            };
            if (current.Passed is null && current.Items.All(item => item.Acknowledged is not null)) Pass("", now, decisions);
        }
    }

    public void Handle(TakeWatch order, Func<Boards> boards, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "shift.take";
        if (holder is not null && PersonName.Same(holder, order.By)) decisions.Refuse(command, Cause.Of(CauseCode.HasItAlready, holder));
        else if (holder is not null && string.IsNullOrWhiteSpace(order.Reason))
            decisions.Refuse(command, Cause.Of(CauseCode.SayWhyTaken, holder));
        else
        {
            current = Listed(holder ?? "", order.By, boards(), now, decisions) with { Reason = order.Reason };
            Pass(order.Reason, now, decisions);
        }
    }

    HandOverRow Listed(string from, string to, Boards boards, DateTimeOffset now, List<Decision> decisions)
    {
        (ImmutableArray<HandOverItem> items, int more) = HandOverList.Of(boards);
        HandOverRow listed = new($"H-{++count}", from, to, now, items) { More = more };
        decisions.Add(new WatchOffered(listed.Id, from, to, items, more));
        return listed;
    }

    void Pass(string reason, DateTimeOffset now, List<Decision> decisions)
    {
        decisions.Add(new WatchTaken(current!.To, holder, current.Id, reason));
        if (holder is not null)
        {
            if (earlier.Count == CommandCheck.MostWatchPeriods) earlier.Dequeue();
            earlier.Enqueue(new(holder, since!.Value, now));
        }

        (holder, since) = (current.To, now);
        current = current with { Passed = now };
    }
}
