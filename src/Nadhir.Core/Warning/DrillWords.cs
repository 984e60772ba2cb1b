using System.Collections.Immutable;
using System.Globalization;

namespace Nadhir.Warning;

/// <summary>What the public is told of a planned drill; times as people there read them, in Latin digits.</summary>
static class DrillWords
{
    public static ImmutableArray<MessageText> Say(WatchConfiguration configuration, Drill drill)
    {
        TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(configuration.TimeZone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc;
        string from = Read(drill.From, "yyyy-MM-dd HH:mm"), to = Read(drill.To, "HH:mm");
        Zone[] zones = [.. configuration.Zones.Where(z => drill.Zones.Contains(z.Id, StringComparer.Ordinal))];
        string english = zones.Length == 0 ? "" : $" in {string.Join(", ", zones.Select(z => z.Names.GetValueOrDefault("en") ?? z.Name))}";
        string arabic = zones.Length == 0 ? "" : $" في {string.Join("، ", zones.Select(z => z.Names.GetValueOrDefault("ar") ?? z.Name))}";
        return
        [
            new("en", "Air threat drill", $"Drill{english} on {from} to {to} local time",
                $"Sirens may sound{english} from {from} to {to} local time. This is a drill.",
                "No action is needed, unless you are told that it is not a drill. Use the time to find your shelter."),
            new("ar", "تمرين على التهديد الجوي", $"تمرين{arabic} بتاريخ {from} حتى {to} بالتوقيت المحلي",
                $"قد تُطلق صفارات الإنذار{arabic} من {from} حتى {to} بالتوقيت المحلي. هذا تمرين.",
                "لا يلزم أي إجراء ما لم يُعلن أنه ليس تمريناً. اغتنموا الوقت لمعرفة ملجئكم."),
        ];

        string Read(DateTimeOffset time, string form) => TimeZoneInfo.ConvertTime(time, zone).ToString(form, CultureInfo.InvariantCulture);
    }
}
