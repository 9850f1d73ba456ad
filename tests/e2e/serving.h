// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/ctltest.h"

#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>

#include <memory>

/// What came back from the endpoint.
struct Answer
{
    int status = 0; ///< 0: the connection was closed without a word
    QByteArray head;
    QByteArray body;

    QJsonObject json() const;
    bool says(const QByteArray& header) const { return head.contains("\r\n" + header + "\r\n"); }
    QByteArray told() const { return head.left(2000) + "\n\n" + body.left(2000); }
};

/// A request as bytes; `headers` are whole lines.
QByteArray requestBytes(const QByteArray& method, const QByteArray& target,
                        const QByteArrayList& headers = {}, const QByteArray& body = {});

/// Talks to a running endpoint byte by byte, so that what no client would send can be sent too.
class Client
{
public:
    explicit Client(quint16 port)
        : m_port(port)
    {
    }

    /// A connection from a loopback address of its own, since wrong keys are counted by address.
    std::unique_ptr<QTcpSocket> connect(const QString& from = QStringLiteral("127.0.0.1")) const;
    Answer raw(const QByteArray& bytes, const QString& from = QStringLiteral("127.0.0.1")) const;
    Answer ask(const QByteArray& method, const QByteArray& target,
               const QByteArrayList& headers = {}) const
    {
        return raw(requestBytes(method, target, headers));
    }
    /// One whole answer of an open connection.
    static Answer read(QTcpSocket& socket);

private:
    quint16 m_port;
};

/// A running `queuedeckctl serve`.
class Served
{
public:
    ~Served();
    bool wait(); ///< until it listens
    Client client() const { return Client(port); }
    qint64 pid() const { return process.processId(); }

    QProcess process;
    QByteArray said; ///< on standard error, for a test to collect
    QString url;
    quint16 port = 0;
};

/// Tests of serve: each starts one of its own, on a port that is free.
class ServeTest : public CtlTest
{
    Q_OBJECT

protected:
    const QByteArray kKey = "d5b0a5b7c27f45a39e4d41a6d8f1b2c3";
    const QByteArray kCron = "0f9e8d7c6b5a49382716050403020100";
    const QByteArray kWithKey = "x-api-key: " + kKey;
    const QByteArray kProcess = "/api/jobs/process";
    static constexpr int kPatience = 60'000; ///< ms, for what must come at all

    bool serve(Served& served, const QStringList& arguments = {}, bool withCron = false);
    /// Adds the sample cards as jobs that take a while, some hundred milliseconds each.
    int addCards(int rounds);
    /// Asks for a batch of all there is; returns once a job of it runs, and gives the connection
    /// its answer will come on.
    std::unique_ptr<QTcpSocket> startBatch(const Served& served);
};

/// kB of memory a process holds now; 0 when it is gone.
qint64 residentKb(qint64 pid);
