// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/ctltest.h"

#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>

#include <memory>

/// A response from the endpoint.
struct Answer
{
    int status = 0; ///< 0: the connection was closed without an answer
    QByteArray head;
    QByteArray body;

    QJsonObject json() const;
    bool says(const QByteArray& header) const { return head.contains("\r\n" + header + "\r\n"); }
    QByteArray told() const { return head.left(2000) + "\n\n" + body.left(2000); }
};

/// A request as bytes; `headers` are complete lines.
QByteArray requestBytes(const QByteArray& method, const QByteArray& target,
                        const QByteArrayList& headers = {}, const QByteArray& body = {});

/// Talks to a running endpoint byte by byte, so that it can also send what no client would.
class Client
{
public:
    explicit Client(quint16 port)
        : m_port(port)
    {
    }

    /// A connection from a loopback address of its own, since wrong keys are counted per address.
    std::unique_ptr<QTcpSocket> connect(const QString& from = QStringLiteral("127.0.0.1")) const;
    Answer raw(const QByteArray& bytes, const QString& from = QStringLiteral("127.0.0.1")) const;
    Answer ask(const QByteArray& method, const QByteArray& target,
               const QByteArrayList& headers = {}) const
    {
        return raw(requestBytes(method, target, headers));
    }
    /// One complete answer from an open connection.
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
    QByteArray said; ///< standard error, filled in by the test
    QString url;
    quint16 port = 0;
};

/// Tests of serve: each starts its own, on a free port.
class ServeTest : public CtlTest
{
    Q_OBJECT

protected:
    const QByteArray kKey = "d5b0a5b7c27f45a39e4d41a6d8f1b2c3";
    const QByteArray kCron = "0f9e8d7c6b5a49382716050403020100";
    const QByteArray kWithKey = "x-api-key: " + kKey;
    const QByteArray kProcess = "/api/jobs/process";
    static constexpr int kPatience = 60'000; ///< ms, for what must arrive eventually

    bool serve(Served& served, const QStringList& arguments = {}, bool withCron = false);
    /// Adds the sample cards as jobs that take some hundred milliseconds each.
    int addCards(int rounds);
    /// Requests a batch of everything; returns once one of its jobs is running, and gives the
    /// connection on which the answer will arrive.
    std::unique_ptr<QTcpSocket> startBatch(const Served& served);
};

/// kB of resident memory of a process; 0 once it has exited.
qint64 residentKb(qint64 pid);
