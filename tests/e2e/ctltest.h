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

/// What a run of queuedeckctl came to.
struct Ran
{
    int code = -1; ///< -1: it crashed or did not end
    QByteArray out;
    QByteArray err;

    QJsonObject json() const;         ///< the one document on standard output
    QList<QJsonObject> lines() const; ///< one document a line
    QString errorKind() const;        ///< of the last line
    QByteArray told() const;          ///< all of it, for a failing test
};

#define VERIFY_CODE(ran, expected)                                                                 \
    do {                                                                                           \
        const Ran once = (ran);                                                                    \
        QVERIFY2(once.code == (expected), once.told().constData());                                \
    } while (false)

QSet<QString> keys(const QJsonObject& object);
QSet<QString> asSet(const QStringList& list);

/// Runs the built queuedeckctl as a person or a cron job would, each test in a folder and with a
/// home of its own.
class CtlTest : public QObject
{
    Q_OBJECT

protected:
    const QString kReport = QStringLiteral("report_generation");
    const QString kEnrichment = QStringLiteral("customer_enrichment");
    /// A job that runs here and fails at once, for good: its picture is gone.
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

    /// For root only: has `process` run as nobody, by a copy of its program in `folder`, which
    /// nobody must be able to enter. The checkout may lie where only root gets in.
    static void runAsNobody(QProcess& process, const QString& folder);

    QString path(const QString& name) const { return m_dir->filePath(name); }
    QString folder() const { return m_dir->path(); }
    void setVariable(const QString& name, const QString& value) { m_environment[name] = value; }

    QString embedded() const;                     ///< the file in the home; empty if there is none
    QVariant sql(const QString& statement) const; ///< on the embedded database, past the program
    QStringList add(int count, const QString& type, const QString& payload) const;
    QStringList add(int count) const { return add(count, kReport, QStringLiteral("{}")); }
    qint64 count(const QString& status) const;
    static QStringList cards(); ///< the sample cards; empty if they are not there

protected Q_SLOTS: // a test may have more to prepare
    void init();
    void cleanup();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QHash<QString, QString> m_environment;
};
