// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scanwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Scans)
};

QString escaped(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s);
    return text.replace(u',', u"\\,"_s).replace(u';', u"\\;"_s);
}

} // namespace

Mark markOf(const domain::Scan& scan)
{
    if (scan.status == "processing"_L1)
        return Mark::Processing;
    if (scan.status == "completed"_L1)
        return Mark::Completed;
    if (scan.status == "failed"_L1)
        return Mark::Failed;
    return Mark::Unknown;
}

bool isNameKnown(const domain::Scan& scan)
{
    return !scan.title().trimmed().isEmpty();
}

QString scanTitle(const domain::Scan& scan)
{
    if (isNameKnown(scan))
        return firstLine(scan.title());
    return markOf(scan) == Mark::Processing ? Words::tr("No name yet") : Words::tr("Not read");
}

QString kindWord(const QString& scanType)
{
    const auto type = domain::scanTypeFromText(scanType);
    if (!type)
        return showControls(scanType);
    return *type == domain::ScanType::BusinessCard ? Words::tr("business card")
                                                   : Words::tr("liquor license");
}

QString fieldWord(const QString& key)
{
    static const QHash<QString, const char*> words{
        {u"name"_s, QT_TRANSLATE_NOOP("Scans", "Name")},
        {u"title"_s, QT_TRANSLATE_NOOP("Scans", "Title")},
        {u"company"_s, QT_TRANSLATE_NOOP("Scans", "Company")},
        {u"phone"_s, QT_TRANSLATE_NOOP("Scans", "Phone")},
        {u"email"_s, QT_TRANSLATE_NOOP("Scans", "Email")},
        {u"address"_s, QT_TRANSLATE_NOOP("Scans", "Address")},
        {u"website"_s, QT_TRANSLATE_NOOP("Scans", "Website")},
        {u"notes"_s, QT_TRANSLATE_NOOP("Scans", "Notes")},
        {u"licenseNumber"_s, QT_TRANSLATE_NOOP("Scans", "License number")},
        {u"businessName"_s, QT_TRANSLATE_NOOP("Scans", "Business")},
        {u"licenseType"_s, QT_TRANSLATE_NOOP("Scans", "License type")},
        {u"issuedDate"_s, QT_TRANSLATE_NOOP("Scans", "Issued")},
        {u"expiryDate"_s, QT_TRANSLATE_NOOP("Scans", "Expires")},
        {u"state"_s, QT_TRANSLATE_NOOP("Scans", "State")},
        {u"restrictions"_s, QT_TRANSLATE_NOOP("Scans", "Restrictions")},
    };
    const char* word = words.value(key);
    return word ? QCoreApplication::translate("Scans", word) : showControls(key);
}

QStringList fieldsOf(const domain::Scan& scan)
{
    QStringList fields;
    if (const auto type = domain::scanTypeFromText(scan.scanType))
        fields = domain::scanFields(*type);
    for (const QString& key : scan.extractedData.keys()) {
        if (key != "confidence"_L1 && !fields.contains(key))
            fields += key;
    }
    return fields;
}

QString fieldText(const domain::Scan& scan, const QString& key)
{
    const QJsonValue value = scan.extractedData.value(key);
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

QString vCard(const QMap<QString, QString>& fields)
{
    QStringList lines{u"BEGIN:VCARD"_s, u"VERSION:3.0"_s};
    const auto add = [&](QLatin1String property, QLatin1String field, const QString& before = {}) {
        const QString text = fields.value(field).trimmed();
        if (!text.isEmpty())
            lines += property + u':' + before + escaped(text);
    };
    const QString name = fields.value(u"name"_s).trimmed();
    const QString shown = name.isEmpty() ? fields.value(u"company"_s).trimmed() : name;
    const qsizetype gap = name.lastIndexOf(u' ');
    lines +=
        u"N:"_s + escaped(name.mid(gap + 1)) + u';' + escaped(name.left(qMax(gap, 0))) + u";;;"_s;
    lines += u"FN:"_s + escaped(shown);
    add("ORG"_L1, "company"_L1);
    add("TITLE"_L1, "title"_L1);
    add("TEL;TYPE=WORK"_L1, "phone"_L1);
    add("EMAIL"_L1, "email"_L1);
    add("ADR;TYPE=WORK"_L1, "address"_L1, u";;"_s);
    add("URL"_L1, "website"_L1);
    add("NOTE"_L1, "notes"_L1);
    lines += u"END:VCARD"_s;
    return lines.join(u"\r\n"_s) + u"\r\n"_s;
}

} // namespace queuedeck::ui
