using Nadhir.Formats.Sapient;
using static Nadhir.Formats.Tests.Sapient.TestMessages;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>What Nadhir answers as a fusion node.</summary>
public sealed class DeskTests
{
    readonly SapientDocument reply = new();

    static SapientDesk Desk(bool acceptUnknown = false) => new(1, acceptUnknown, [Sensor()]);

    /// <summary>The answer, which must be a valid message to the node.</summary>
    SapientField Answered(SapientAnswer answer, string to = Node)
    {
        Assert.NotNull(answer.Reply);
        Assert.True(reply.TryRead(answer.Reply), string.Join('\n', reply.Reasons));
        Assert.Equal("00000000-0000-0000-0000-000000000001", reply.Text(SapientDocument.Root, Flex335.Root["node_id"]));
        Assert.Equal(to, reply.Text(SapientDocument.Root, Flex335.Root["destination_id"]));
        return reply.Content()!;
    }

    string TextOf(string content, string field)
    {
        int message = reply.Find(SapientDocument.Root, Flex335.Root[content]);
        return reply.Text(message, Flex335.Root[content].Message![field]);
    }

    long NumberOf(string content, string field) =>
        reply.Integer(reply.Find(SapientDocument.Root, Flex335.Root[content]), Flex335.Root[content].Message![field],
            -1);

    [Fact]
    public void A_configured_node_is_registered_and_known_by_what_it_told()
    {
        SapientDesk desk = Desk();
        Assert.Equal("registration_ack", Answered(desk.Hear(Message(Registration("TRACKING_TYPE_TRACK",
            "SPEED_UNITS_KPH", "38S", "CEP")), Sent)).Name);
        Assert.Equal(1, NumberOf("registration_ack", "acceptance"));
        SapientNode node = Assert.Single(desk.Nodes);
        Assert.True(node.IsRegistered);
        Assert.Equal(("Hill", "NODE_TYPE_RADAR", "38S", TimeSpan.FromSeconds(5)),
            (node.Name, node.Type, node.Zone, node.StatusInterval));
        Assert.Equal(new SapientCapability("Radar", "Range", "10", "km"), Assert.Single(node.Capabilities));
        SapientMode mode = Assert.Single(node.Modes);
        Assert.Equal(("Default", true, "CEP"), (mode.Name, mode.Follows, mode.ErrorType));
        Assert.Equal(1 / 3.6, mode.MetresPerSecond, 1e-12);
        Assert.Equal(Sent, node.LastSeen);
    }

    [Fact]
    public void A_stranger_is_refused_with_a_reason_unless_strangers_are_let_in()
    {
        SapientDesk desk = Desk();
        Answered(desk.Hear(Message(Registration(), Stranger), Sent), Stranger);
        Assert.Equal(0, NumberOf("registration_ack", "acceptance"));
        Assert.Contains("no sensor is configured", TextOf("registration_ack", "ack_response_reason"),
            StringComparison.Ordinal);
        Assert.Empty(desk.Nodes);
        desk = Desk(acceptUnknown: true);
        Answered(desk.Hear(Message(Registration(), Stranger), Sent), Stranger);
        Assert.Equal(1, NumberOf("registration_ack", "acceptance"));
        Assert.Single(desk.Nodes);
    }

    [Fact]
    public void One_node_more_than_there_is_room_for_is_refused()
    {
        SapientDesk desk = Desk(acceptUnknown: true);
        for (int i = 0; i <= SapientDesk.MostNodes; i++)
        {
            string node = SapientIds.Uuid(new UInt128(7, (ulong)i));
            Answered(desk.Hear(Message(Registration(), node), Sent), node);
            Assert.Equal(i < SapientDesk.MostNodes ? 1 : 0, NumberOf("registration_ack", "acceptance"));
        }

        Assert.Equal(SapientDesk.MostNodes, desk.Nodes.Length);
    }

    [Fact]
    public void A_status_report_says_how_the_node_is_and_what_it_sees()
    {
        SapientDesk desk = Desk();
        desk.Hear(Message(Registration()), Sent);
        SapientAnswer answer = desk.Hear(Message(Status("SYSTEM_WARNING",
            $$"""
            ,"power":{"source":"POWERSOURCE_MAINS","status":"POWERSTATUS_FAULT","level":80},"nodeLocation":{{Degrees(44.001, 33, ",\"z\":61")}} ,
            "status":[{"statusLevel":"STATUS_LEVEL_WARNING_STATUS","statusType":"STATUS_TYPE_CLUTTER","statusValue":"birds"}],
            "fieldOfView":{"rangeBearing":{"azimuth":90,"range":5,"horizontalExtent":60,"coordinateSystem":"RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_KM","datum":"RANGE_BEARING_DATUM_TRUE"} },
            "coverage":[{"locationList":{"locations":[{{Degrees(44, 33)}},{{Degrees(44.1, 33)}},{{Degrees(44.1, 33.1)}}] } }]
            """)), Sent.AddSeconds(5));
        Assert.Null(answer.Reply);
        SapientNode node = Assert.Single(desk.Nodes);
        Assert.Equal((NodeSystem.Warning, true, false), (node.System, node.PowerFailed, node.IsBlind));
        Assert.Equal("POWERSOURCE_MAINS POWERSTATUS_FAULT 80 %", node.Power);
        Assert.Equal("STATUS_TYPE_CLUTTER STATUS_LEVEL_WARNING_STATUS birds", Assert.Single(node.Statuses));
        Assert.Equal(61, node.Position!.Value.HeightMetres);
        Assert.Equal(Sent.AddSeconds(5), node.LastSeen);
        Assert.Equal([AreaKind.FieldOfView, AreaKind.Coverage], node.Areas.Select(area => area.Kind));
        Assert.Equal((Math.PI / 2, 5000), (node.Areas[0].AzimuthRadians, node.Areas[0].RangeMetres));
        Assert.Equal(Math.PI / 3, node.Areas[0].ExtentRadians, 1e-12);
        Assert.Equal(3, node.Areas[1].Outline.Length);
    }

    [Fact]
    public void Who_speaks_before_it_has_registered_is_told_so()
    {
        Assert.Equal("error", Answered(Desk().Hear(Message(Status()), Sent)).Name);
        Assert.Contains("has not registered", TextOf("error", "error_message"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_message_comes_back_with_the_reasons()
    {
        SapientDesk desk = Desk();
        byte[] message = Message(Status());
        message[message.AsSpan().IndexOf("01GGYF"u8)] = (byte)'U';
        Assert.Equal("error", Answered(desk.Hear(message, Sent)).Name);
        Assert.StartsWith("status_report.report_id: ", TextOf("error", "error_message"), StringComparison.Ordinal);
        int error = reply.Find(SapientDocument.Root, Flex335.Root["error"]);
        Assert.Equal(message, reply.Bytes(error, Flex335.Message("Error")["packet"]).ToArray());
        Assert.False(desk.Hear(message, Sent).IsValid);
    }

    [Fact]
    public void An_error_is_never_answered()
    {
        SapientDesk desk = Desk();
        Assert.Null(desk.Hear(Message("\"error\":{\"packet\":\"AAA=\",\"errorMessage\":[\"what?\"]}"), Sent).Reply);
        byte[] invalid =
            [.. Message("\"error\":{\"packet\":\"AAA=\",\"errorMessage\":[\"what?\"]}").AsSpan(0, 52), 0x62, 0];
        Assert.False(new SapientDocument().TryRead(invalid));
        Assert.Null(desk.Hear(invalid, Sent).Reply);
    }

    [Fact]
    public void An_alert_is_acknowledged_and_a_task_is_rejected()
    {
        SapientDesk desk = Desk();
        desk.Hear(Message(Registration()), Sent);
        Assert.Equal("alert_ack", Answered(desk.Hear(Message($"\"alert\":{{\"alertId\":\"{Aircraft}\"}}"), Sent)).Name);
        Assert.Equal(Aircraft, TextOf("alert_ack", "alert_id"));
        Assert.Equal(1, NumberOf("alert_ack", "alert_ack_status"));
        Assert.Equal("task_ack",
            Answered(desk.Hear(Message($"\"task\":{{\"taskId\":\"{Aircraft}\",\"control\":\"CONTROL_START\"}}"), Sent))
                .Name);
        Assert.Equal(Aircraft, TextOf("task_ack", "task_id"));
        Assert.Equal(2, NumberOf("task_ack", "task_status"));
    }

    [Fact]
    public void A_goodbye_makes_a_node_blind_until_it_registers_again()
    {
        SapientDesk desk = Desk();
        desk.Hear(Message(Registration()), Sent);
        desk.Hear(Message(Status("SYSTEM_GOODBYE")), Sent);
        Assert.True(desk.Nodes[0].IsBlind);
        desk.Hear(Message(Registration()), Sent);
        Assert.False(desk.Nodes[0].IsBlind);
    }
}
