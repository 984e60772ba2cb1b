using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Nadhir.Film;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir review RECORD</c>: the console over a closed record, at any of its moments. With <c>--check</c> its film is
/// compared with the journal instead: 0 when every moment is what the journal leads to, 1 when not.
/// </summary>
static class ReviewCommand
{
    public static Command Create()
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record" };
        Option<int> port = new("--port") { Description = "Port of the console on this machine", DefaultValueFactory = _ => 8470 };
        Option<bool> check = new("--check") { Description = "Make what is missing of the film, compare all of it with the journal, and end" };
        Command command = new("review", "The console over a record: any moment of it, with tracks and boards as they were") { record, port, check };
        command.SetAction(async (parsed, _) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output, errors = parsed.InvocationConfiguration.Error;
            string folder = parsed.GetRequiredValue(record);
            bool checking = parsed.GetValue(check);
            try
            {
                await using ReviewHost review = await ReviewHost.Start(
                    folder, new IPEndPoint(IPAddress.Loopback, checking ? 0 : parsed.GetValue(port)), new FilmOptions { Gently = false });
                if (checking) return await Check(folder, review, output);
                output.WriteLine($"{(review.Configuration.Exercise ? "EXERCISE  " : "")}Review of {review.Configuration.Name}, record in {folder}. Nothing can be ordered here.");
                output.WriteLine($"Console: {review.Address.ToString().TrimEnd('/')}   (Ctrl-C ends)");
                await Interrupted();
                return 0;
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException
                or InvalidOperationException or System.Text.Json.JsonException)
            {
                errors.WriteLine($"nadhir review: {fault.Message}");
                return 2;
            }
        });
        return command;
    }

    static async Task<int> Check(string folder, ReviewHost review, TextWriter output)
    {
        using (PeriodicTimer looks = new(TimeSpan.FromMilliseconds(200)))
            while (review.Film.Range() is { Building: not null, Fault: null }) await looks.WaitForNextTickAsync();
        if (review.Film.Fault is { } fault) throw new IOException(fault);
        (long moments, string? difference) = FilmCheck.Run(folder, review.Film.File, review.Configuration);
        output.WriteLine(difference is null ? $"{moments} moments, all of them what the journal leads to" : $"{moments} moments are right; then {difference}");
        return difference is null ? 0 : 1;
    }

    static async Task Interrupted()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await ended.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
