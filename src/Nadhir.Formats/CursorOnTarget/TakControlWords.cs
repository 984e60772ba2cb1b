namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// The events by which two sides of a stream settle which version of TAK protocol they speak, and pings.
/// </summary>
public static class TakControlWords
{
    /// <summary>The server speaks version 1.</summary>
    public static bool Offers(CotEvent told) =>
        CotDetailXml.Attribute(told.Detail.Xml, "TakProtocolSupport", "version") == "1";

    /// <summary>The client wants version 1.</summary>
    public static bool Asks(CotEvent told) => CotDetailXml.Attribute(told.Detail.Xml, "TakRequest", "version") == "1";

    /// <summary>The server agrees.</summary>
    public static bool IsYes(CotEvent told) =>
        CotDetailXml.Attribute(told.Detail.Xml, "TakResponse", "status") is "true" or "1";

    /// <summary>An event about the link, good for a minute.</summary>
    /// <param name="ownPrefix">What our names begin with.</param>
    /// <param name="type">Of <see cref="CotTypes"/>.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="element">Inside TakControl; empty for none.</param>
    /// <param name="attribute">Of the element.</param>
    /// <param name="value">Of the attribute.</param>
    public static CotEvent Control(
        string ownPrefix, string type, DateTimeOffset now, string element = "", string attribute = "",
        string value = "") =>
        new()
        {
            Uid = ownPrefix + (type is CotTypes.Ping ? "ping" : type is CotTypes.Pong ? "pong" : "protocol"),
            Type = type,
            How = "m-g",
            Time = now,
            Start = now,
            Stale = now.AddMinutes(1),
            Point = CotPoint.Nowhere,
            Detail = element.Length == 0 ? CotDetail.None : new()
            {
                Xml = CotDetailXml.Compose(writer =>
                {
                    writer.WriteStartElement("TakControl");
                    writer.WriteStartElement(element);
                    writer.WriteAttributeString(attribute, value);
                    writer.WriteEndElement();
                    writer.WriteEndElement();
                }),
            },
        };
}
