using CsCheck;
using Nadhir.Formats.Cap;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

public sealed class MessageComposerTests
{
    [Fact]
    public void In_an_exercise_every_line_people_read_begins_with_the_mark_and_live_never_has_it() =>
        CapMessages.Any.Sample(message =>
        {
            foreach (MessageText text in message.Texts)
            {
                string mark = text.Language == "ar" ? "تمرين تمرين تمرين " : "EXERCISE EXERCISE EXERCISE ";
                foreach (string line in new[] { text.Headline, text.Description, text.Instruction })
                    Assert.Equal(message.Exercise, line.StartsWith(mark, StringComparison.Ordinal));
            }
        });

    [Fact]
    public void Both_languages_are_said_and_the_message_outlives_its_sending() =>
        CapMessages.Any.Sample(message =>
        {
            Assert.Equal("en ar", string.Join(" ", message.Texts.Select(text => text.Language)));
            Assert.True(message.Expires > message.Sent);
            Assert.True(message.Onset is null || message.State is AlertState.Watch or AlertState.Warning);
        });

    [Fact]
    public void The_interval_is_read_in_local_minutes_that_contain_it()
    {
        ArrivalInterval arrival = new(new(2026, 3, 1, 1, 32, 59, TimeSpan.Zero), new(2026, 3, 1, 1, 36, 1, TimeSpan.Zero));
        PublicMessage message = CapMessages.Compose(AlertState.Warning, arrival: arrival);
        Assert.Contains("between 04:32 and 04:37 local time", message.Texts[0].Description, StringComparison.Ordinal);
        Assert.Contains("04:32", message.Texts[1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_within_one_minute_is_read_in_seconds()
    {
        ArrivalInterval arrival = new(new(2026, 3, 1, 1, 44, 5, TimeSpan.Zero), new(2026, 3, 1, 1, 44, 49, 200, TimeSpan.Zero));
        PublicMessage message = CapMessages.Compose(AlertState.Warning, arrival: arrival);
        Assert.Contains("between 04:44:05 and 04:44:50 local time", message.Texts[0].Description, StringComparison.Ordinal);
        Assert.Contains("04:44:05", message.Texts[1].Description, StringComparison.Ordinal);
        Assert.Contains("04:44:50", message.Texts[1].Description, StringComparison.Ordinal);
        Assert.True(CapWriter.TryWrite(message, out byte[] xml, out _));
        Assert.Contains("between 04:44:05 and 04:44:50", System.Text.Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "لديكم ثانية واحدة")]
    [InlineData(2, "لديكم ثانيتان")]
    [InlineData(5, "لديكم 5 ثوانٍ")]
    [InlineData(10, "لديكم 10 ثوانٍ")]
    [InlineData(15, "لديكم 15 ثانية")]
    [InlineData(90, "لديكم 90 ثانية")]
    [InlineData(103, "لديكم 103 ثوانٍ")]
    public void Arabic_seconds_agree_with_their_number(int seconds, string words) => Assert.Contains(
        words, CapMessages.Compose(AlertState.Warning, seconds: seconds).Texts[1].Instruction, StringComparison.Ordinal);

    [Theory]
    [InlineData(AlertState.Watch, 0, MessageType.Alert, "Expected", "Severe", "Possible", "Prepare")]
    [InlineData(AlertState.Warning, 1, MessageType.Update, "Immediate", "Extreme", "Likely", "Shelter")]
    [InlineData(AlertState.AllClear, 2, MessageType.Update, "Past", "Minor", "Observed", "AllClear")]
    [InlineData(AlertState.Correction, 1, MessageType.Cancel, "Past", "Minor", "Unlikely", "AllClear")]
    public void Each_state_has_its_grades(
        AlertState state, int earlier, MessageType type, string urgency, string severity, string certainty, string response)
    {
        PublicMessage message = CapMessages.Compose(state, earlier: earlier);
        Assert.Equal((type, urgency, severity, certainty, response),
            (message.Type, message.Urgency, message.Severity, message.Certainty, message.Response));
        Assert.Equal($"nadhir-demo-a0-{earlier + 1}", message.Identifier);
    }

    [Fact]
    public void Nothing_is_attributed_to_anyone()
    {
        string[] never = ["enemy", "hostile", "attack by", "terror", "عدو", "معاد"];
        CapMessages.Any.Sample(message => Assert.All(message.Texts, text => Assert.All(never, word => Assert.DoesNotContain(
            word, $"{text.Event}{text.Description}{text.Instruction}", StringComparison.OrdinalIgnoreCase))));
    }
}
