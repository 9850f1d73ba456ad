// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QEventLoop>
#include <QString>
#include <QTcpServer>
#include <QTemporaryDir>

#include <functional>
#include <limits>
#include <optional>
#include <thread>

class QSslSocket;

namespace queuedeck::test {

struct WebRequest
{
    QByteArray method;
    QByteArray target;
    QByteArray head; ///< everything, header names as they were sent
    QByteArray body;

    QByteArray header(const QByteArray& name) const; ///< name in lower case
};

/// A small real HTTP server on 127.0.0.1, with or without TLS, that answers as instructed. Lives on
/// the test's thread, whose event loop it uses.
class WebServer : public QTcpServer
{
public:
    /// Writes the answer and closes the connection or keeps it open.
    using Script = std::function<void(QTcpSocket&, const WebRequest&)>;

    explicit WebServer(Script script);
    ~WebServer() override;

    bool useTls(const QString& certificate, const QString& key);
    QString url(const QString& path = QStringLiteral("/api/jobs/process"),
                const QString& host = QStringLiteral("127.0.0.1")) const;
    /// Resets connections once this many bytes of a request were read.
    void closeAfter(qsizetype bytes) { m_most = bytes; }
    const QVector<WebRequest>& requests() const { return m_requests; }
    int connections() const { return m_connections; }
    /// Everything that clients sent, even if it was not a request; after TLS decryption.
    QByteArray received() const { return m_received; }

    // Answers.
    static QByteArray counted(int status, const QByteArray& type, const QByteArray& body,
                              const QByteArray& more = {});
    static QByteArray chunked(const QByteArray& json);
    /// The web application's answer to a POST.
    static QByteArray processed(int count);
    static Script always(const QByteArray& answer);

protected:
    void incomingConnection(qintptr handle) override;

private:
    void read(QTcpSocket* socket, QByteArray& buffer);

    Script m_script;
    QString m_certificate;
    QString m_key;
    QVector<WebRequest> m_requests;
    QByteArray m_received;
    int m_connections = 0;
    qsizetype m_most = std::numeric_limits<qsizetype>::max();
};

/// The result of `work`, which runs on a thread of its own while this thread's servers answer.
template <class Work>
auto meanwhile(Work work)
{
    std::optional<decltype(work())> result;
    QEventLoop loop;
    std::thread thread([&] {
        result.emplace(work());
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    thread.join();
    return std::move(*result);
}

/// A private certificate authority, made with the openssl tool.
class Authority
{
public:
    bool make();
    QString file() const { return m_folder.filePath(QStringLiteral("ca.pem")); }
    /// A certificate NAME.pem and its key NAME.key for `names` ("DNS:localhost,IP:127.0.0.1").
    bool issue(const QString& name, const QString& names, bool isExpired = false);
    bool selfSign(const QString& name, const QString& names);
    QString certificate(const QString& name) const
    {
        return m_folder.filePath(name + QStringLiteral(".pem"));
    }
    QString key(const QString& name) const
    {
        return m_folder.filePath(name + QStringLiteral(".key"));
    }

private:
    bool run(const QStringList& arguments) const;

    QTemporaryDir m_folder;
};

} // namespace queuedeck::test
