using Nadhir.Formats.Sirens;

namespace Nadhir.Simulation.Sirens;

/// <summary>How a siren can be bad and yet speak.</summary>
public enum SirenVice : byte { None, Slow, NeverAcknowledges, WrongCommand, WrongProof, SoundsAlways, Deaf }

/// <summary>Makes of an honest siren's words those of a bad one.</summary>
public static class SirenVices
{
    /// <summary>What is said instead, before it is proven; null: nothing.</summary>
    public static SirenStateMessage? Distort(this SirenVice vice, SirenStateMessage said) => vice switch
    {
        SirenVice.NeverAcknowledges when said.Step == SirenAnswerStep.Acknowledged => null,
        SirenVice.WrongCommand when said.Step != SirenAnswerStep.Status => said with { CommandId = $"C-{said.Epoch + 1}-{said.Seq}" },
        SirenVice.SoundsAlways when said.Step == SirenAnswerStep.Status => said with { State = SirenStateMessage.On },
        SirenVice.Deaf => said with { HostHeard = null },
        _ => said,
    };

    /// <summary>A third party that changes the words after they were proven.</summary>
    public static SirenStateMessage Tamper(this SirenVice vice, SirenStateMessage proven) =>
        vice == SirenVice.WrongProof ? proven with { Detail = "all is well" } : proven;
}
