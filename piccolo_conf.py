"""Where Piccolo looks for its engine and its apps. It must stand here, by this name.

The engine has no address: queries run on the connection of the transaction under way, and migrations are run by
`brigade migrate`. `piccolo migrations new hub --auto` works, since it compares classes and needs no server.
"""

from piccolo.conf.apps import AppRegistry

from hub.store.connections import ENGINE

DB = ENGINE

APP_REGISTRY = AppRegistry(apps=["hub.store.piccolo_app"])
