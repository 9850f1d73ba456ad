// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remoteanswer.h"

#include "core/remote/remotejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

using base::Sentence;

using net::HttpAnswer;
using net::HttpFault;

namespace {
constexpr qsizetype kMostReason = 200;
constexpr qsizetype kMostText = 2000;
constexpr qsizetype kMostNumber = 40;

QString count(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

bool isPage(const HttpAnswer& answer)
{
    return answer.header("content-type").startsWith("text/html") ||
           answer.body.trimmed().startsWith("<");
}

QString masked(QByteArray text, const base::Secret& key)
{
    if (!key.isEmpty())
        text.replace(key.reveal().toByteArray(), "•••");
    return QString::fromUtf8(text);
}

/// The endpoint's own message, shortened and without the key; empty if there is none.
QString reasonIn(const RemoteReply& reply)
{
    QString reason = masked(remote::reasonIn(*reply.answer).toUtf8(), reply.key);
    if (reason.size() > kMostReason)
        reason = reason.left(kMostReason) + u'…';
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return reason;
}

// Whether the reason only repeats the status.
bool isStatusWord(const QString& reason)
{
    static const QStringList kWords{u"unauthorized"_s, u"forbidden"_s, u"not found"_s,
                                    u"method not allowed"_s, u"too many requests"_s};
    return reason.isEmpty() || kWords.contains(reason.toLower());
}

Sentence told(const RemoteReport& report)
{
    const Sentence pending = pendingText(report.pendingBefore, report.pendingAfter);
    if (pending.isEmpty())
        return {};
    return *report.pendingBefore == *report.pendingAfter
               ? Sentence::tr(" Pending stayed at %1.").arg(count(*report.pendingAfter))
               : Sentence::tr(" Pending went from %1 to %2.")
                     .arg(count(*report.pendingBefore), count(*report.pendingAfter));
}

Sentence failureSentence(const RemoteReply& reply, bool mayHaveRun, const RemoteReport& report)
{
    const int status = report.httpStatus;
    const QString reason = reasonIn(reply);
    Sentence sentence = status == 504 ? Sentence::tr("The host cut the call off (504)")
                                      : Sentence::tr("The endpoint failed (%1)").arg(status);
    if (!reason.isEmpty())
        sentence = Sentence::tr("%1: %2.").arg(sentence, reason);
    else if (status == 504)
        sentence += u"."_s;
    else if (isPage(*reply.answer))
        sentence += Sentence::tr(" and answered with a web page.");
    else
        sentence += Sentence::tr(" and gave no reason.");
    if (!mayHaveRun)
        return sentence;
    const Sentence pending = pendingText(report.pendingBefore, report.pendingAfter);
    return sentence + Sentence::tr(" Jobs may have run") +
           (pending.isEmpty() ? Sentence(u"."_s) : u": "_s + pending + u'.');
}

// " Try again in 40 s, as the endpoint asked."
Sentence tryAgain(const RemoteReply& reply)
{
    return reply.retryAfter ? Sentence::tr(" Try again in %1 s, as the endpoint asked.")
                                  .arg(reply.retryAfter->count())
                            : Sentence();
}

// ": reason", or nothing if it adds nothing.
QString because(const QString& reason)
{
    return isStatusWord(reason) ? QString() : u": "_s + reason;
}

QString unreadable(const QJsonObject& object, const QString& key)
{
    QByteArray value = QJsonDocument(QJsonArray{object[key]}).toJson(QJsonDocument::Compact);
    value = value.sliced(1, value.size() - 2); // without the array's brackets
    return u"\"%1\": %2"_s.arg(key, QString::fromUtf8(value.left(kMostNumber)));
}

RemoteVerdict verdictOf(const net::HttpError& error)
{
    switch (error.fault) {
    case HttpFault::Cancelled: return RemoteVerdict::Cancelled;
    case HttpFault::TimedOut:
    case HttpFault::Broken:
        return error.isSent ? RemoteVerdict::NoAnswer : RemoteVerdict::Unreachable;
    case HttpFault::NoSuchHost:
    case HttpFault::Refused:
    case HttpFault::Unreachable: return RemoteVerdict::Unreachable;
    case HttpFault::NotHttp:
    case HttpFault::TooLarge: return RemoteVerdict::NotUnderstood;
    default: return RemoteVerdict::Unsafe;
    }
}

/// Reads the figures of a 200. False, with a sentence, if one of them is not a count.
bool readFigures(const QJsonObject& object, RemoteReport& report)
{
    const auto processed = countIn(object[u"processed"_s]);
    const auto failed = object.contains(u"failed"_s) ? countIn(object[u"failed"_s]) : 0;
    report.httpStatus = 200;
    if (processed && failed) {
        report.processed = *processed;
        report.failed = *failed;
        return true;
    }
    report.verdict = RemoteVerdict::NotUnderstood;
    report.sentence =
        Sentence::tr("The endpoint answered 200, but %1 is not a number of jobs, so what it did is "
                     "not known.%2")
            .arg(unreadable(object, processed ? u"failed"_s : u"processed"_s), told(report));
    return false;
}

void judgeDone(const QJsonObject& object, const RemoteReply& reply, RemoteReport& report)
{
    if (!readFigures(object, report))
        return;
    report.startTime = timeIn(object[u"startTime"_s]);
    report.endTime = timeIn(object[u"endTime"_s]);
    report.message = masked(object[u"message"_s].toString().left(kMostReason).toUtf8(), reply.key);
    report.verdict = RemoteVerdict::Done;
    report.sentence = doneSentence(report);
    if (!report.pendingBefore || !report.pendingAfter || *report.pendingBefore == 0)
        return;
    if (*report.pendingAfter < *report.pendingBefore)
        return;
    report.verdict = RemoteVerdict::NoFall;
    report.sentence =
        *report.pendingAfter == *report.pendingBefore
            ? Sentence::tr(
                  "The call succeeded, but pending did not change. Does this endpoint use another "
                  "database?")
            : Sentence::tr("The call succeeded, but pending rose from %1 to %2: more was "
                           "added than processed, "
                           "or this endpoint uses another database.")
                  .arg(count(*report.pendingBefore), count(*report.pendingAfter));
}
} // namespace

Sentence pendingText(const std::optional<qint64>& before, const std::optional<qint64>& after)
{
    if (!before || !after)
        return {};
    return *before == *after
               ? Sentence::tr("pending stayed at %1").arg(count(*after))
               : Sentence::tr("pending went from %1 to %2").arg(count(*before), count(*after));
}

Sentence doneSentence(const RemoteReport& report)
{
    return Sentence::tr("Processed %1 jobs, %2 failed.%3")
        .arg(count(report.processed), count(report.failed), told(report));
}

void judgeFailure(const RemoteReply& reply, bool mayHaveRun, RemoteReport& report)
{
    if (!reply.answer) {
        const net::HttpError& error = reply.answer.error();
        report.verdict = verdictOf(error);
        report.httpStatus = error.status;
        report.sentence =
            error.error.detail + (error.isSent && mayHaveRun && error.fault != HttpFault::Redirected
                                      ? told(report)
                                      : Sentence());
        return;
    }
    const HttpAnswer& answer = *reply.answer;
    const int status = report.httpStatus = answer.status;
    const QString reason = reasonIn(reply);
    const bool isJson = !QJsonDocument::fromJson(answer.text()).isNull();
    if (!isJson)
        report.answerText = masked(answer.text().left(kMostText), reply.key);
    const Sentence nothing = mayHaveRun ? Sentence::tr(" Nothing was processed.") : Sentence();
    if (status == 401 || status == 403) {
        report.verdict = RemoteVerdict::Refused;
        report.sentence =
            (isPage(answer)
                 ? Sentence::tr("Something in front of the endpoint asks for a login (%1).")
                       .arg(status)
                 : Sentence::tr("The endpoint refused the key (%1)%2.")
                       .arg(status)
                       .arg(because(reason))) +
            nothing;
    } else if (status == 404) {
        report.verdict = RemoteVerdict::NotThere;
        report.sentence =
            Sentence::tr("There is no such address (404)%1. ").arg(because(reason)) +
            (isPage(answer) ? Sentence::tr("The answer was a web page, not the endpoint.")
                            : Sentence::tr("The endpoint is usually at /api/jobs/process."));
    } else if (status == 405) {
        report.verdict = RemoteVerdict::NotThere;
        report.sentence =
            Sentence::tr("This address does not take %1 (405).%2 The endpoint is usually at "
                         "/api/jobs/process.")
                .arg(mayHaveRun ? u"POST"_s : u"GET"_s, nothing);
    } else if (status == 429) {
        report.verdict = RemoteVerdict::TooMany;
        report.sentence =
            Sentence::tr("Too many calls (429)%1.").arg(because(reason)) +
            (reply.retryAfter ? tryAgain(reply)
                              : Sentence::tr(" The endpoint does not say when to try again."));
    } else if (status >= 500) {
        report.verdict = RemoteVerdict::Failed;
        report.sentence = failureSentence(reply, mayHaveRun, report) + tryAgain(reply);
    } else if (status >= 400) {
        report.verdict = RemoteVerdict::Failed;
        report.sentence =
            Sentence::tr("The endpoint refused the call (%1)%2.").arg(status).arg(because(reason)) +
            tryAgain(reply);
    } else {
        report.verdict = RemoteVerdict::NotUnderstood;
        report.sentence =
            Sentence::tr("The endpoint answered %1 %2, so what it did is not known.%3")
                .arg(QString::number(status),
                     isJson ? Sentence::tr("in words of its own") : Sentence::tr("without JSON"),
                     told(report));
    }
}

void judge(const RemoteReply& reply, RemoteReport& report)
{
    if (reply.answer && reply.answer->status == 200) {
        const QJsonObject object = objectIn(*reply.answer);
        if (object.contains(u"processed"_s))
            return judgeDone(object, reply, report);
    }
    judgeFailure(reply, true, report);
}

} // namespace queuedeck::remote
