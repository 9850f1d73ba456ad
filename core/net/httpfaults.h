// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/answerreader.h"
#include "core/net/tlswitness.h"

#include <curl/curl.h>

namespace queuedeck::net {

/// How a transfer ended that brought no answer.
struct Ending
{
    CURLcode code = CURLE_OK;
    QString said = {};        ///< libcurl's own words
    int systemError = 0;      ///< errno of the connection; 0: not known
    int proxyStatus = 0;      ///< of a proxy's answer; 0: none was asked
    bool isSent = false;      ///< the request may have left this computer
    bool hasHead = false;     ///< of the answer
    quint16 triedPort = 0;    ///< of the last address that was connected to
    QString refusal = {};     ///< why `mayConnectTo` refused the last address
    QByteArray proxy = {};    ///< its address; empty: none
    QString authorities = {}; ///< the file of trusted authorities; empty: those of the system
    AnswerReader::Refusal readerRefusal = AnswerReader::Refusal::None;
};

/// The fault, with a sentence for people. Private to this room.
HttpError faultOf(const Ending& ending, const HttpRequest& request, const TlsWitness& tls);

/// A fault before anything was sent.
HttpError notSent(HttpFault fault, const base::Error& error);

} // namespace queuedeck::net
