// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QVariant>

#include <memory>

/// The result of a run of queuedeckctl.
struct Ran
{
    int code = -1; ///< -1: it crashed or did not exit
    QByteArray out;
    QByteArray err;

    QJsonObject json() const;         ///< the single document on standard output
    QList<QJsonObject> lines() const; ///< one document per line
    QString errorKind() const;        ///< from the last line
    QByteArray told() const;          ///< everything, for the message of a failing test
};

#define VERIFY_CODE(ran, expected)                                                                 \
    do {                                                                                           \
        const Ran verified_ = (ran);                                                               \
        QVERIFY2(verified_.code == (expected), verified_.told().constData());                      \
    } while (false)

QSet<QString> keys(const QJsonObject& object);
QSet<QString> asSet(const QStringList& list);

/// Runs the built queuedeckctl as a user or a cron job would, each test in a folder and with a home
/// of its own.
class CtlTest : public QObject
{
    Q_OBJECT

protected:
    const QString kReport = QStringLiteral("report_generation");
    /// A type that nothing runs here unless a test adds a handler.
    const QString kOwn = QStringLiteral("label_printing");
    const QString kEnrichment = QStringLiteral("customer_enrichment");
    /// A job that runs here and fails at once, for good: its picture is missing.
    const QString kPicture = QStringLiteral("image_extraction");
    const QString kElsewhere = QStringLiteral(
        "{\"scanId\":\"01a20984-0000-7000-8000-000000000001\",\"scanType\":\"business_card\","
        "\"imageUrl\":\"queuedeck-image:gone\"}");
    const QString kCustomer = QStringLiteral("{\"customerId\":\"c-17\"}");

    void prepare(QProcess& process, const QStringList& arguments) const;
    Ran finish(QProcess& process) const;
    Ran ctl(const QStringList& arguments, const QByteArray& input = {}) const;
    Ran json(const QStringList& arguments, const QByteArray& input = {}) const
    {
        return ctl(QStringList{QStringLiteral("--json")} + arguments, input);
    }

    /// For root only: makes `process` run as nobody, with a copy of its program in `folder`, which
    /// nobody must be able to enter. The checkout may be in a place that only root can enter.
    static void runAsNobody(QProcess& process, const QString& folder);

    QString path(const QString& name) const { return m_dir->filePath(name); }
    QString folder() const { return m_dir->path(); }
    void setVariable(const QString& name, const QString& value) { m_environment[name] = value; }

    QString embedded() const;                     ///< the file in the home; empty if there is none
    QVariant sql(const QString& statement) const; ///< on the embedded database, directly
    QStringList add(int count, const QString& type, const QString& payload) const;
    QStringList add(int count) const { return add(count, kReport, QStringLiteral("{}")); }
    qint64 count(const QString& status) const;
    static QStringList cards(); ///< the sample cards; empty if they are missing

protected Q_SLOTS: // a test may need to prepare more
    void init();
    void cleanup();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QHash<QString, QString> m_environment;
};
