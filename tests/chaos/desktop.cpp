// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/desktop.h"

#include <chrono>
#include <cstdlib>
#include <poll.h>
#include <vector>

extern "C" {
#include <X11/SM/SMlib.h>
}

namespace queuedeck::chaos {

namespace {
int s_listeners = 0;
IceListenObj* s_listening = nullptr;
std::atomic<bool>* s_hasMember = nullptr;
std::vector<SmsConn> s_members; ///< used by that thread only

// Only our own processes can reach the socket.
Bool everybody(char*)
{
    return True;
}

Status registered(SmsConn member, SmPointer, char* previous)
{
    if (previous) // no client is restarted here
        return 0;
    char* const id = SmsGenerateClientID(member);
    SmsRegisterClientReply(member, id);
    std::free(id);
    s_members.push_back(member);
    *s_hasMember = true;
    return 1;
}

void saved(SmsConn member, SmPointer, Bool)
{
    SmsDie(member);
}

void left(SmsConn member, SmPointer, int count, char** reasons)
{
    SmFreeReasons(count, reasons);
    std::erase(s_members, member);
    IceConn connection = SmsGetIceConnection(member);
    SmsCleanUp(member);
    IceSetShutdownNegotiation(connection, False);
    IceCloseConnection(connection);
}

Status joins(SmsConn, SmPointer, unsigned long* which, SmsCallbacks* answers, char**)
{
    *which = SmsRegisterClientProcMask | SmsInteractRequestProcMask | SmsInteractDoneProcMask |
             SmsSaveYourselfRequestProcMask | SmsSaveYourselfP2RequestProcMask |
             SmsSaveYourselfDoneProcMask | SmsCloseConnectionProcMask | SmsSetPropertiesProcMask |
             SmsDeletePropertiesProcMask | SmsGetPropertiesProcMask;
    answers->register_client.callback = registered;
    answers->interact_request.callback = [](SmsConn member, SmPointer, int) {
        SmsInteract(member);
    };
    answers->interact_done.callback = [](SmsConn, SmPointer, Bool) {};
    answers->save_yourself_request.callback = [](SmsConn, SmPointer, int, Bool, int, Bool, Bool) {};
    answers->save_yourself_phase2_request.callback = [](SmsConn member, SmPointer) {
        SmsSaveYourselfPhase2(member);
    };
    answers->save_yourself_done.callback = saved;
    answers->close_connection.callback = left;
    answers->set_properties.callback = [](SmsConn, SmPointer, int count, SmProp** properties) {
        for (int i = 0; i < count; ++i)
            SmFreeProperty(properties[i]);
        std::free(properties);
    };
    answers->delete_properties.callback = [](SmsConn, SmPointer, int count, char** names) {
        for (int i = 0; i < count; ++i)
            std::free(names[i]);
        std::free(names);
    };
    answers->get_properties.callback = [](SmsConn member, SmPointer) {
        SmsReturnProperties(member, 0, nullptr);
    };
    return 1;
}
} // namespace

Desktop::Desktop()
{
    s_hasMember = &m_hasMember;
    s_members.clear();
    char error[256] = {};
    static const bool s_canServe =
        SmsInitialize("Queuedeck", "1", joins, nullptr, everybody, sizeof error, error) != 0;
    IceSetIOErrorHandler([](IceConn) {}); // a client that dies must not end this process
    if (!s_canServe || !IceListenForConnections(&s_listeners, &s_listening, sizeof error, error))
        return;
    for (int i = 0; i < s_listeners; ++i)
        IceSetHostBasedAuthProc(s_listening[i], everybody);
    char* const address = IceComposeNetworkIdList(s_listeners, s_listening);
    m_address = address;
    std::free(address);
    m_thread = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

Desktop::~Desktop()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    IceFreeListenObjs(s_listeners, s_listening);
}

void Desktop::loop(const std::stop_token& stop)
{
    std::vector<IceConn> connections;
    while (!stop.stop_requested()) {
        std::vector<pollfd> files;
        for (int i = 0; i < s_listeners; ++i)
            files.push_back({IceGetListenConnectionNumber(s_listening[i]), POLLIN, 0});
        for (IceConn connection : connections)
            files.push_back({IceConnectionNumber(connection), POLLIN, 0});
        ::poll(files.data(), files.size(), 20);
        for (size_t i = size_t(s_listeners); i < files.size(); ++i) {
            if (files[i].revents == 0)
                continue;
            IceConn connection = connections[i - size_t(s_listeners)];
            const auto state = IceProcessMessages(connection, nullptr, nullptr);
            if (state != IceProcessMessagesSuccess) {
                if (state == IceProcessMessagesIOError) {
                    std::erase_if(s_members, [connection](SmsConn member) {
                        return SmsGetIceConnection(member) == connection;
                    });
                    IceSetShutdownNegotiation(connection, False);
                    IceCloseConnection(connection);
                }
                connections.erase(connections.begin() + long(i) - s_listeners);
                break; // the others in the next iteration
            }
        }
        for (int i = 0; i < s_listeners; ++i) {
            IceAcceptStatus accepted = IceAcceptFailure;
            if (files[size_t(i)].revents == 0)
                continue;
            if (IceConn connection = IceAcceptConnection(s_listening[i], &accepted))
                connections.push_back(connection);
        }
        if (m_isEnding.exchange(false)) {
            for (SmsConn member : s_members)
                SmsSaveYourself(member, SmSaveBoth, True, SmInteractStyleAny, False);
        }
    }
}

} // namespace queuedeck::chaos
