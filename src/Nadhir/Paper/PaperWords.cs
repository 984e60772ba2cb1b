using System.Collections.Frozen;
using System.Globalization;

namespace Nadhir.Paper;

/// <summary>The fixed words of printed pages in both languages; a word without a translation stands as it is.</summary>
static class PaperWords
{
    static readonly FrozenDictionary<string, string> arabic = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Dossier"] = "ملف الواقعة", ["Situation brief"] = "موجز الموقف", ["Incident"] = "الواقعة", ["Title"] = "العنوان", ["Zone"] = "المنطقة",
        ["Opened"] = "فُتحت", ["Record"] = "السجل", ["Profile"] = "النسخة", ["Withheld"] = "محجوب", ["withheld"] = "محجوب", ["nothing"] = "لا شيء",
        ["Period"] = "المدة", ["Root of the journal"] = "جذر السجل", ["Software"] = "البرنامج", ["Map"] = "الخريطة", ["Tracks"] = "المسارات",
        ["Track"] = "المسار", ["First seen"] = "أول رصد", ["Dropped"] = "انتهى", ["Identity"] = "الهوية", ["Measurements"] = "القياسات",
        ["Border crossings"] = "عبور الحدود", ["Time"] = "الوقت", ["Border"] = "الحدود", ["Direction"] = "الاتجاه", ["Probability"] = "الاحتمال",
        ["Interval 5–95 %"] = "المجال 5–95 %", ["Alerts"] = "الإنذارات", ["State"] = "الحالة", ["Reason"] = "السبب", ["By"] = "من قِبل",
        ["Messages to the public"] = "رسائل الجمهور", ["Message"] = "الرسالة", ["Outlet"] = "القناة", ["Confirmed"] = "مؤكَّد", ["Sirens"] = "صفارات الإنذار",
        ["Siren"] = "الصفارة", ["What"] = "ماذا", ["Phases, measures, readiness"] = "المراحل والتدابير والجاهزية", ["Site"] = "الموقع",
        ["Phase or measure"] = "المرحلة أو التدبير", ["Reported when"] = "وقت الإبلاغ", ["Confidence"] = "الثقة", ["Directives"] = "التوجيهات",
        ["To"] = "إلى", ["Content"] = "المضمون", ["not reported"] = "لم يُذكر", ["Attribution"] = "النسبة", ["Claims"] = "الأقوال", ["Claim"] = "القول",
        ["Killed"] = "قتلى", ["Injured"] = "جرحى", ["Words"] = "النص", ["Statements"] = "البيانات", ["Speaker"] = "المتحدث",
        ["Observations and events"] = "المشاهدات والأحداث", ["Documents"] = "الوثائق", ["On file: mandates and authorisations"] = "المسجل لدينا: التفويضات والأذون",
        ["Fact"] = "الواقع", ["Mandate"] = "التفويض", ["Evidence"] = "الدليل", ["Coverage lost or regained"] = "فقدان التغطية وعودتها", ["Entry"] = "القيد",
        ["Detail"] = "التفصيل", ["How to check this dossier"] = "كيف يُتحقق من هذا الملف", ["Kind"] = "النوع", ["Grading"] = "التقدير",
        ["nothing on record"] = "لا شيء في السجل", ["Moment"] = "اللحظة", ["Since"] = "منذ", ["Arrival"] = "الوصول", ["Readiness"] = "الجاهزية",
        ["System"] = "النظام", ["Incidents"] = "الوقائع", ["Open directives"] = "توجيهات مفتوحة", ["Deadline"] = "المهلة", ["Phases and measures"] = "المراحل والتدابير",
        ["rows withheld"] = "صفوف محجوبة", ["Speed m/s"] = "السرعة م/ث", ["Course"] = "الوجهة", ["Height m"] = "الارتفاع م", ["Position"] = "الموضع",
        ["Lost coverage"] = "تغطية مفقودة", ["Sensor"] = "المستشعر", ["Low"] = "المنخفض غير مرئي", ["Partial"] = "جزئية", ["Lost"] = "مفقود", ["Off"] = "متوقف",
        ["Watch"] = "ترقّب", ["Warning"] = "إنذار", ["AllClear"] = "زوال الخطر", ["Closed"] = "مغلق", ["Correction"] = "تصحيح",
        ["Sound"] = "إطلاق", ["Silence"] = "إسكات", ["Sent"] = "أُرسل", ["Acknowledged"] = "أُقرّ بالاستلام", ["Sounding"] = "تُطلق الصوت",
        ["Silent"] = "صامتة", ["Refused"] = "مرفوض", ["Failed"] = "لم ينجح", ["Ordered"] = "مأمور به", ["UnderWay"] = "قيد التنفيذ",
        ["Done"] = "أُنجز", ["Checked"] = "فُحص", ["Reported"] = "أُبلغ عنه", ["Ended"] = "انتهى العمل به", ["Active"] = "عامل",
        ["Standby"] = "على أهبة", ["Inactive"] = "غير عامل", ["Unknown"] = "غير معروف", ["Delivered"] = "سُلّم", ["NotPossible"] = "متعذّر",
        ["Overdue"] = "متأخر", ["Working"] = "يعمل",
        ["Inbound"] = "إلى الداخل", ["Outbound"] = "إلى الخارج", ["NonCooperative"] = "غير متعاون", ["Cooperative"] = "متعاون", ["Authorised"] = "مأذون",
        ["The system states what was recorded and what it computed, with its probability. It holds no verdict."] =
            "يذكر النظام ما سُجّل وما حسبه باحتماله، ولا يصدر حكماً.",
        ["Every file, field and journal entry is covered by one signature: nadhir verify, or verify_dossier.py, checks it without the system."] =
            "كل ملف وحقل وقيد مشمول بتوقيع واحد، ويُتحقق منه دون النظام.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string In(string language, string word) =>
        language == "ar" && arabic.TryGetValue(word, out string? translated) ? translated : word;

    /// <summary>UTC, whole seconds; in Latin digits, left to right in either language.</summary>
    public static string Time(DateTimeOffset time) =>
        Paper.Ltr(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z");

    public static string Time(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) ? Time(read) : time;
}
