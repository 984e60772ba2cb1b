using System.Globalization;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>
/// What the words of OASIS CAP 1.2 (§3.2, §3.3) ask beyond its schema. What it says must or must not be is an error; what
/// it recommends, or what makes no sense without being forbidden, is advice.
/// </summary>
sealed class CapStandard(CapFindings findings)
{
    public void Check(CapNode alert)
    {
        foreach (string name in (string[])["identifier", "sender"])
            if (alert.First(name) is { } named && !CapText.IsName(named.Text.Trim()))
                Error(named, $"{name} is empty or has blanks, commas, < or &");
        Scope(alert);
        References(alert);
        string type = alert.TextOf("msgType") ?? "";
        if (type is "Alert" or "Update" && alert.First("info") is null)
            Advise(alert, "there is no info: nobody learns what the message is about");
        if (type == "Error" && alert.First("note") is null) Advise(alert, "msgType Error should say in note what was wrong");
        if (alert.TextOf("status") == "Exercise" && alert.First("note") is null)
            Advise(alert, "status Exercise should name the exercise in note");
        foreach (CapNode info in alert.All("info")) Info(info, XsdText.Time(alert.TextOf("sent")));
    }

    void Scope(CapNode alert)
    {
        string scope = alert.TextOf("scope") ?? "";
        if (scope == "Restricted" && string.IsNullOrEmpty(alert.TextOf("restriction")))
            Error(alert, "scope Restricted needs a restriction");
        if (scope == "Private" && string.IsNullOrEmpty(alert.TextOf("addresses"))) Error(alert, "scope Private needs addresses");
        if (scope != "Restricted" && alert.First("restriction") is { } unused)
            Advise(unused, "restriction is for scope Restricted only");
    }

    void References(CapNode alert)
    {
        string type = alert.TextOf("msgType") ?? "";
        if (alert.First("references") is not { } references)
        {
            if (type is "Update" or "Cancel" or "Ack" or "Error")
                Advise(alert, $"msgType {type} refers to no earlier message: what does it concern?");
            return;
        }

        foreach (string one in Split(references.Text))
        {
            string[] parts = one.Split(',');
            if (parts.Length != 3 || !CapText.IsName(parts[0]) || !CapText.IsName(parts[1]) || XsdText.Time(parts[2]) is null)
                Error(references, $"the reference '{CapSchema.Shown(one)}' is not sender,identifier,sent");
            else if (parts[1] == alert.TextOf("identifier") && parts[0] == alert.TextOf("sender"))
                Advise(references, "the message refers to itself");
        }
    }

    void Info(CapNode info, DateTimeOffset? sent)
    {
        if (XsdText.Time(info.TextOf("expires")) is { } expires)
        {
            if (expires <= sent) Advise(info.First("expires")!, "it expires before it is sent");
            if (expires < XsdText.Time(info.TextOf("effective"))) Advise(info.First("expires")!, "it expires before it is in force");
        }

        if (string.IsNullOrEmpty(info.TextOf("event"))) Error(info, "event says nothing");
        if (info.First("headline") is { } headline && headline.Text.Trim().Length > 160)
            Advise(headline, $"the headline has {headline.Text.Trim().Length} characters; about 160 can be shown");
        if (info.First("web") is { } web && !Uri.TryCreate(web.Text.Trim(), UriKind.Absolute, out _))
            Advise(web, "web is not a full address");
        foreach (CapNode resource in info.All("resource"))
            if (resource.TextOf("size") is { } size && size.StartsWith('-')) Error(resource, "size is negative");
        foreach (CapNode area in info.All("area")) Area(area);
    }

    void Area(CapNode area)
    {
        if (string.IsNullOrWhiteSpace(area.TextOf("areaDesc"))) Advise(area, "areaDesc says nothing");
        if (area.First("ceiling") is { } ceiling && area.First("altitude") is null)
            Error(ceiling, "ceiling must not be used without altitude");
        foreach (CapNode polygon in area.All("polygon"))
            if (PolygonFault(polygon.Text) is { } fault) Error(polygon, $"the polygon {fault}");
        foreach (CapNode circle in area.All("circle"))
            if (!IsCircle(circle.Text)) Error(circle, "the circle is not latitude,longitude and a radius in kilometres");
    }

    /// <summary>CAP 1.2 §3.2.4: at least four pairs in WGS 84, the first and last the same.</summary>
    static string? PolygonFault(string text)
    {
        string[] points = Split(text);
        if (points.Length < 4) return $"has {points.Length} points; it needs four, the last like the first";
        if (Array.FindIndex(points, point => Point(point) is null) is >= 0 and int bad)
            return $"has '{CapSchema.Shown(points[bad])}', which is not latitude,longitude";
        return Point(points[0]) == Point(points[^1]) ? null : "is not closed: the last point is not the first";
    }

    static bool IsCircle(string text) => Split(text) is [var centre, var radius] && Point(centre) is not null
        && Number(radius) is >= 0;

    static (double, double)? Point(string text) =>
        text.Split(',') is [var first, var second] && Number(first) is >= -90 and <= 90 and double latitude
        && Number(second) is >= -180 and <= 180 and double longitude ? (latitude, longitude) : null;

    static double? Number(string text) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
        ? value : null;

    static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    void Error(CapNode node, string what) => findings.Add(CapLayer.Standard, CapGrade.Error, node.Line, what);
    void Advise(CapNode node, string what) => findings.Add(CapLayer.Standard, CapGrade.Advice, node.Line, what);
}
