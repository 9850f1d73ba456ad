// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobexport.h"

#include <QRegularExpression>
#include <QSet>
#include <QTimeZone>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
const std::array<QString, 3> kFormats{u"csv"_s, u"jsonl"_s, u"xlsx"_s};
const std::array<QString, kExportColumns> kColumns{
    u"id"_s,          u"type"_s,   u"status"_s, u"attempts"_s, u"createdAt"_s, u"startedAt"_s,
    u"completedAt"_s, u"waited"_s, u"ran"_s,    u"error"_s,    u"payload"_s};
} // namespace

QString exportFormatName(ExportFormat format)
{
    return kFormats[size_t(format)];
}

std::optional<ExportFormat> exportFormatFrom(const QString& name)
{
    for (size_t i = 0; i < kFormats.size(); ++i) {
        if (kFormats[i] == name)
            return ExportFormat(i);
    }
    return std::nullopt;
}

QString exportColumnName(ExportColumn column)
{
    return kColumns[size_t(column)];
}

base::Result<QVector<ExportColumn>> exportColumnsFrom(const QStringList& names)
{
    QVector<ExportColumn> columns;
    for (const QString& given : names) {
        const QString name = given.trimmed();
        const auto found = std::find_if(kColumns.begin(), kColumns.end(), [&](const QString& one) {
            return one.compare(name, Qt::CaseInsensitive) == 0;
        });
        if (found == kColumns.end())
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("There is no column \"%1\"; there are %2.")
                    .arg(name, QStringList(kColumns.begin(), kColumns.end()).join(u", "_s)));
        const auto column = ExportColumn(found - kColumns.begin());
        if (columns.contains(column))
            return fail(ErrorKind::Invalid,
                        Sentence::tr("The column %1 is named twice.").arg(name));
        columns += column;
    }
    return columns;
}

QVector<ExportColumn> usualExportColumns()
{
    using enum ExportColumn;
    return {Id, Type, Status, Attempts, CreatedAt, CompletedAt, Error, Payload};
}

base::Result<ExportPath> exportPathFrom(const QString& text)
{
    QString path = text.trimmed();
    if (path.startsWith("payload."_L1))
        path = path.mid(8);
    if (path.isEmpty() || path.split(u'.').contains(QString()))
        return fail(ErrorKind::Invalid,
                    Sentence::tr("\"%1\" is no place in a payload; one is written as in "
                                 "payload.uploader.email.")
                        .arg(text));
    return ExportPath{path};
}

base::Result<ExportPath> exportMaskFrom(const QString& text)
{
    const QString how = text.section(u'=', -1).trimmed();
    auto path = exportPathFrom(text.section(u'=', 0, -2));
    if (!path || !text.contains(u'='))
        return fail(ErrorKind::Invalid, Sentence::tr("\"%1\" is no mask; one is written as in "
                                                     "payload.uploader.email=hide.")
                                            .arg(text));
    if (how == "hide"_L1)
        path->masking = Masking::Hidden;
    else if (how == "hash"_L1)
        path->masking = Masking::Hashed;
    else if (how == "host"_L1)
        path->masking = Masking::HostOnly;
    else
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("A value can be masked by hide, hash or host, not by \"%1\".").arg(how));
    return path;
}

Masking usualMasking(const QString& path, const QString& example)
{
    static const QRegularExpression kWords(u"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+"_s);
    static const QSet<QString> kPersonal{
        u"email"_s,   u"mail"_s,      u"phone"_s,        u"mobile"_s,  u"fax"_s,      u"tel"_s,
        u"name"_s,    u"firstname"_s, u"lastname"_s,     u"surname"_s, u"fullname"_s, u"street"_s,
        u"address"_s, u"birthday"_s,  u"birthdate"_s,    u"birth"_s,   u"ssn"_s,      u"iban"_s,
        u"ip"_s,      u"password"_s,  u"passwd"_s,       u"secret"_s,  u"token"_s,    u"username"_s,
        u"apikey"_s,  u"login"_s,     u"person"_s,       u"contact"_s, u"emails"_s,   u"phones"_s,
        u"names"_s,   u"signature"_s, u"authorization"_s};
    const QString last = path.section(u'.', -1);
    // What "fileName" or "tableName" names is no person.
    static const QSet<QString> kThings{u"file"_s, u"table"_s,  u"column"_s, u"sheet"_s,
                                       u"type"_s, u"report"_s, u"field"_s,  u"host"_s};
    QStringList words = last.split(kWords, Qt::SkipEmptyParts);
    for (QString& word : words)
        word = word.toLower();
    const bool isThing = words.size() > 1 && kThings.contains(words.first());
    for (const QString& word : std::as_const(words)) {
        if (kPersonal.contains(word) && !isThing)
            return Masking::Hidden;
    }
    static const QRegularExpression kMail(u"^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"_s);
    if (kMail.match(example).hasMatch())
        return Masking::Hidden;
    // The rest of an address may be a key to what it leads to.
    const bool isAddress = example.contains("://"_L1) && !QUrl(example).host().isEmpty();
    return isAddress ? Masking::HostOnly : Masking::AsStored;
}

base::Status checkExport(const ExportChoice& choice)
{
    const bool hasPaths = choice.payload == ExportChoice::Payload::Paths &&
                          choice.columns.contains(ExportColumn::Payload);
    if (choice.columns.isEmpty())
        return fail(ErrorKind::Invalid, Sentence::tr("No column is chosen."));
    if (hasPaths && choice.columns.size() == 1 && choice.paths.isEmpty())
        return fail(ErrorKind::Invalid, Sentence::tr("No place of the payload is chosen."));
    if (!QTimeZone(choice.zone).isValid())
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("There is no time zone \"%1\"; one is called UTC or Europe/Berlin.")
                .arg(QString::fromUtf8(choice.zone)));
    QSet<QString> seen;
    for (const ExportPath& path : choice.paths) {
        if (seen.contains(path.path))
            return fail(ErrorKind::Invalid,
                        Sentence::tr("payload.%1 is named twice.").arg(path.path));
        seen.insert(path.path);
    }
    constexpr qsizetype kMostColumns = 16'384; // of a sheet
    if (choice.format == ExportFormat::Xlsx && choice.columns.size() + seen.size() > kMostColumns)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("A workbook has at most %1 columns.").arg(kMostColumns));
    if (choice.format == ExportFormat::Xlsx && choice.isCompressed)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("A workbook is compressed as it is; choose csv or jsonl, or leave "
                                 "compression out."));
    return {};
}

} // namespace queuedeck::domain
