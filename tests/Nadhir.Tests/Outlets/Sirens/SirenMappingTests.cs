using System.Text;
using CsCheck;
using Nadhir.Formats.Sirens;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenMappingTests
{
    const string Switch = "homeassistant/switch/relay/config", Siren = "homeassistant/siren/horn/config";

    static SirenMapping Read(string topic, string json)
    {
        Assert.True(SirenDiscovery.TryRead(topic, Encoding.UTF8.GetBytes(json), out SirenMapping? mapping, out Cause? fault), fault?.Words);
        return mapping!;
    }

    static string Fault(string topic, string json)
    {
        Assert.False(SirenDiscovery.TryRead(topic, Encoding.UTF8.GetBytes(json), out _, out Cause? fault));
        return fault!.Words;
    }

    static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    static bool? State(SirenMapping mapping, string said) => mapping.ReadState(Encoding.UTF8.GetBytes(said));

    [Fact]
    public void A_tasmota_relay_is_switched_by_its_bare_words()
    {
        SirenMapping relay = Read(Switch, """
            {"name":"horn","~":"tasmota_1","cmd_t":"cmnd/~/POWER","stat_t":"stat/~/POWER","command_topic":"cmnd/horn/POWER",
             "state_topic":"stat/horn/POWER","avty_t":"tele/horn/LWT","pl_avail":"Online","pl_not_avail":"Offline"}
            """);
        Assert.Equal(("cmnd/horn/POWER", "stat/horn/POWER", "tele/horn/LWT"), (relay.CommandTopic, relay.StateTopic, relay.AvailabilityTopic));
        Assert.Equal(("ON", "OFF"), (Text(relay.On("warning", 120)), Text(relay.Off())));
        Assert.Equal((true, false, null), (State(relay, "ON"), State(relay, "OFF"), State(relay, "HALF")));
        Assert.True(relay.ReadAvailability("Online"u8));
        Assert.False(relay.ReadAvailability("Offline"u8));
        Assert.Null(relay.ReadAvailability("?"u8));
    }

    [Fact]
    public void The_base_topic_and_the_short_keys_are_understood()
    {
        SirenMapping relay = Read(Switch, """
            {"~":"plug/horn","cmd_t":"~/set","stat_t":"~","val_tpl":"{{ value_json.relay.state }}","pl_on":"{\"state\":\"ON\"}",
             "pl_off":"{\"state\":\"OFF\"}","stat_on":"ON","stat_off":"OFF","avty":[{"t":"~/availability"}]}
            """);
        Assert.Equal(("plug/horn/set", "plug/horn", "plug/horn/availability"), (relay.CommandTopic, relay.StateTopic, relay.AvailabilityTopic));
        Assert.Equal("""{"state":"ON"}""", Text(relay.On("x", 1)));
        Assert.True(State(relay, """{"relay":{"state":"ON","power":3}}"""));
        Assert.Null(State(relay, """{"relay":"ON"}"""));
        Assert.Null(State(relay, "ON"));
    }

    [Fact]
    public void A_siren_gets_tone_and_duration_as_json_or_as_its_template_wants_it()
    {
        const string Rest = "\"state_topic\":\"s\",\"availability_topic\":\"a\",\"command_topic\":\"c\",\"available_tones\":[\"wail\",\"steady\"]";
        SirenMapping plain = Read(Siren, $"{{{Rest}}}");
        Assert.Equal("""{"state":"ON","tone":"steady","duration":90}""", Text(plain.On("steady", 90)));
        Assert.Equal("""{"state":"ON","tone":"wail","duration":90}""", Text(plain.On("warning", 90)));
        Assert.Equal("""{"state":"OFF"}""", Text(plain.Off()));
        Assert.True(State(plain, """{"state":"ON","tone":"wail"}"""));
        Assert.True(State(plain, "ON"));
        SirenMapping own = Read(Siren, $$$"""
            {"command_template":"{{ value }};{{tone}};{{  duration  }};{{ volume_level }}","command_off_template":"stop",{{{Rest}}}}
            """);
        Assert.Equal("ON;wail;90;1.0", Text(own.On("wail", 90)));
        Assert.Equal("stop", Text(own.Off()));
    }

    [Theory]
    [InlineData("{{ value | upper }}", "'{{ value | upper }}' is not understood")]
    [InlineData("{% if value %}1{% endif %}", "statements")]
    [InlineData("{{ value_json['state'] }}", "is not understood")]
    [InlineData("{{ states('x') }}", "is not understood")]
    [InlineData("{{ value", "unfinished")]
    public void A_template_beyond_the_part_in_use_is_refused_in_words(string template, string words)
    {
        Assert.False(SirenTemplate.TryParse(template, out _, out Cause? fault));
        Assert.Contains(words, fault!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_device_does_not_say_of_itself_is_said()
    {
        Assert.Contains("command_topic", Fault(Switch, "{}"), StringComparison.Ordinal);
        Assert.Contains("state_topic", Fault(Switch, """{"cmd_t":"c"}"""), StringComparison.Ordinal);
        Assert.Contains("query_topic", Fault(Switch, """{"cmd_t":"c","stat_t":"s"}"""), StringComparison.Ordinal);
        Assert.Contains("several", Fault(Switch, """{"cmd_t":"c","stat_t":"s","avty":[{"t":"a"},{"t":"b"}]}"""), StringComparison.Ordinal);
        Assert.Contains("not one topic", Fault(Switch, """{"cmd_t":"#","stat_t":"s","avty_t":"a"}"""), StringComparison.Ordinal);
        Assert.Contains("withdrawn", Fault(Switch, ""), StringComparison.Ordinal);
        Assert.Contains("not JSON", Fault(Switch, "{"), StringComparison.Ordinal);
        Assert.Contains("not an object", Fault(Switch, "[]"), StringComparison.Ordinal);
        Assert.Contains("not the discovery topic", Fault("homeassistant/light/x/config", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_reading_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            SirenDiscovery.TryRead(Switch, bytes, out _, out _);
            new SirenMapping { CommandTopic = "c", StateTopic = "s", StateTemplate = "{{ value_json.a }}" }.ReadState(bytes);
            bool parsed = SirenTemplate.TryParse(Encoding.UTF8.GetString(bytes), out SirenTemplate? template, out Cause? fault);
            Assert.Equal(parsed, template is not null);
            Assert.Equal(parsed, fault is null);
        });
}
