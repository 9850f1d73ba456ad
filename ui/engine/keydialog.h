// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/service/keyservice.h"
#include "ui/widgets/dialog.h"

class QLineEdit;
class QPushButton;
class QToolButton;

namespace queuedeck::ui {

class Label;
class Strip;

/// Sets, generates or forgets a key. It goes to the keychain and nowhere else; a stored key is
/// never shown again, only where it is.
class KeyDialog : public Dialog
{
    Q_OBJECT

public:
    KeyDialog(service::KeyService& keys, const service::KeyPurpose& purpose, QWidget* parent);

Q_SIGNALS:
    void changed(const queuedeck::service::KeyInfo& info);
    void copied(const QString& what);

private:
    void look();
    void showInfo(const base::Result<service::KeyInfo>& info);
    void generate();
    void store();
    void forget();
    void refresh();
    void setBusy(bool isBusy);

    service::KeyService& m_keys;
    const service::KeyPurpose m_purpose;
    Label* m_state;
    QLineEdit* m_key;
    QToolButton* m_eye;
    QPushButton* m_generate;
    QPushButton* m_copy;
    Strip* m_said;
    QPushButton* m_forget;
    QPushButton* m_go;
    bool m_isBusy = false;
};

} // namespace queuedeck::ui
